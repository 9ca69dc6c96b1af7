using System.Text.RegularExpressions;

namespace EduFunctions.Tests.Harness;

/// <summary>A storage at the end of two roads, one to its blobs and one to its queues.</summary>
internal sealed class FarStorage : IAsyncDisposable
{
    private readonly string _storage;

    public FarStorage(string storage)
    {
        _storage = storage;
        Blobs = FlakyRoad.To(PortOf("BlobEndpoint"));
        Queues = FlakyRoad.To(PortOf("QueueEndpoint"));
    }

    public FlakyRoad Blobs { get; }

    public FlakyRoad Queues { get; }

    public string ConnectionString => _storage
        .Replace($":{PortOf("BlobEndpoint")}/", $":{Blobs.Port}/", StringComparison.Ordinal)
        .Replace($":{PortOf("QueueEndpoint")}/", $":{Queues.Port}/", StringComparison.Ordinal);

    public RoadState State
    {
        set => (Blobs.State, Queues.State) = (value, value);
    }

    public async ValueTask DisposeAsync()
    {
        await Blobs.DisposeAsync();
        await Queues.DisposeAsync();
    }

    private int PortOf(string endpoint) => int.Parse(Regex.Match(_storage, $@"{endpoint}=http://127\.0\.0\.1:(\d+)/").Groups[1].Value, null);
}
