using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.LocalHost.Commands;

/// <summary>Storage and services of a command that works on a storage account.</summary>
internal sealed class CommandServices(LocalStorage storage, ServiceProvider services) : IAsyncDisposable
{
    public LocalStorage Storage { get; } = storage;

    public static async Task<CommandServices> OpenAsync(
        string? storage, IReadOnlyDictionary<string, string?>? settings, CancellationToken ct)
    {
        var place = await LocalStorage.OpenAsync(storage, ct);
        var services = LocalServices.Build(LocalSettings.Read([.. settings ?? new Dictionary<string, string?>(), .. place.Settings]));
        await place.PrepareAsync(services.GetRequiredService<BlobStorage>(), ct);
        return new CommandServices(place, services);
    }

    public T Get<T>()
        where T : notnull => services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Storage.DisposeAsync();
    }
}
