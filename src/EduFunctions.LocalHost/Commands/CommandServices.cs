using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.LocalHost.Commands;

/// <summary>Storage and services of a command that works on a storage account.</summary>
internal sealed class CommandServices(LocalStorage storage, ServiceProvider services) : IAsyncDisposable
{
    /// <summary>A day.</summary>
    private const int ShortestRun = 8;

    public LocalStorage Storage { get; } = storage;

    public static async Task<CommandServices> OpenAsync(string? storage, IReadOnlyDictionary<string, string?>? settings, CancellationToken ct) =>
        await OpenAsync(await LocalStorage.OpenAsync(storage, LocalStorage.DataFolder, ct), settings, ct);

    public static async Task<CommandServices> OpenAsync(LocalStorage place, IReadOnlyDictionary<string, string?>? settings, CancellationToken ct)
    {
        var services = LocalServices.Build(LocalSettings.Read([.. settings ?? new Dictionary<string, string?>(), .. place.Settings]));
        await place.PrepareAsync(services.GetRequiredService<BlobStorage>(), services.GetRequiredService<CallLimits>().Trial, ct);
        return new CommandServices(place, services);
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    /// <summary>The run's name, of which so much is enough as no other run of the tenant begins with.</summary>
    public async Task<string> RunAsync(string tenant, string run, CancellationToken ct)
    {
        if (RunId.IsValid(run))
        {
            return run;
        }

        var begun = run.Length >= ShortestRun ? (await Get<RunStore>().ListAsync(tenant, ct)).Where(name => name.StartsWith(run, StringComparison.Ordinal)).ToList() : [];
        return begun.Count == 1 ? begun[0]
            : begun.Count > 1 ? throw new CommandException(ExitCodes.BadConfiguration, $"Several runs of tenant {tenant} begin so: {string.Join(", ", begun)}.")
            : Options.Checked(run);
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Storage.DisposeAsync();
    }
}
