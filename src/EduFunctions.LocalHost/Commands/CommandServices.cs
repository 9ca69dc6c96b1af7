using System.Text.RegularExpressions;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary>Storage and services of a command that works on a storage account.</summary>
internal sealed class CommandServices(LocalStorage storage, ServiceProvider services) : IAsyncDisposable
{
    /// <summary>A day.</summary>
    private const int ShortestRun = 8;

    private const int MostMistyped = 2;
    private const int MostNamed = 12;
    private const string NoneYet = ": it has none yet. Sync first, or name another storage by --storage.";

    public LocalStorage Storage { get; } = storage;

    public static async Task<CommandServices> OpenAsync(string? storage, IReadOnlyDictionary<string, string?>? settings, CancellationToken ct) =>
        await OpenAsync(await LocalStorage.OpenAsync(storage, LocalStorage.DataFolder, ct), settings, ct);

    public static async Task<CommandServices> OpenAsync(LocalStorage place, IReadOnlyDictionary<string, string?>? settings, CancellationToken ct)
    {
        var services = LocalServices.Build(LocalSettings.Read([.. settings ?? new Dictionary<string, string?>(), .. place.Settings]));
        await place.PrepareAsync(services.GetRequiredService<BlobStorage>(), services.GetRequiredService<CallLimits>().Trial, ct);
        return new CommandServices(place, services);
    }

    /// <summary>For a command about one tenant: whom nobody here knows is told before anything is looked for.</summary>
    public static async Task<CommandServices> OpenForAsync(string tenant, string? storage, CancellationToken ct)
    {
        if (!Regex.IsMatch(tenant, Tenant.NamePattern))
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"\"{tenant}\" cannot be a tenant's id: it must be 1 to 40 of a-z, 0-9 and hyphen.");
        }

        var services = await OpenAsync(storage, settings: null, ct);
        if (await services.IsKnownAsync(tenant, ct))
        {
            return services;
        }

        var known = await services.Get<TenantStore>().ListAsync(ct);
        await services.DisposeAsync();
        throw new CommandException(ExitCodes.BadConfiguration, $"There is no tenant {tenant} in this storage{Instead(tenant, known)}");
    }

    /// <summary>For a command about all tenants: where there is none, it is the wrong storage, and nothing that is said of all would be true.</summary>
    public static async Task<CommandServices> OpenForAllAsync(string? storage, CancellationToken ct)
    {
        var services = await OpenAsync(storage, settings: null, ct);
        if ((await services.Get<TenantStore>().ListAsync(ct)).Count > 0)
        {
            return services;
        }

        await services.DisposeAsync();
        throw new CommandException(ExitCodes.BadConfiguration, $"There is no tenant in this storage{NoneYet}");
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

    /// <summary>Also one whose file is gone and whose runs are kept.</summary>
    private async Task<bool> IsKnownAsync(string tenant, CancellationToken ct) =>
        await Get<TenantStore>().ExistsAsync(tenant, ct)
        || await Get<BlobStorage>().AnyAsync(Containers.Runs, $"{tenant}/", ct)
        || await Get<BlobStorage>().AnyAsync(Containers.State, $"{tenant}/", ct);

    private static string Instead(string tenant, IReadOnlyList<string> known) =>
        known.MinBy(each => Spelling.Distance(each, tenant)) is not { } nearest ? NoneYet
        : Spelling.Distance(nearest, tenant) <= MostMistyped ? $". Did you mean {nearest}?"
        : known.Count > MostNamed ? $": it has {known.Count} others."
        : $": it has {string.Join(", ", known)}.";

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Storage.DisposeAsync();
    }
}
