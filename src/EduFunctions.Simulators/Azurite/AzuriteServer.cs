using EduFunctions.Simulators.Node;

namespace EduFunctions.Simulators.Azurite;

/// <summary>Azure Storage on this machine: blobs and queues, kept in a folder or in memory.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    // Of Azurite's three services the last to start.
    private const string ReadyLine = "Table service is successfully listening";
    private const int Attempts = 5;

    private readonly NodeProcess _node;

    private AzuriteServer(NodeProcess node, StoragePorts ports)
    {
        _node = node;
        ConnectionString = StorageEndpoint.ConnectionString(ports);
        SecureAddress = StorageEndpoint.SecureAddress(ports);
    }

    public string ConnectionString { get; }

    /// <summary>Where the blobs are of one that was started securely.</summary>
    public string SecureAddress { get; }

    /// <summary>
    /// Everything stays in the data folder, also over a restart. The usual ports are 10000 and 10001, as in
    /// <c>UseDevelopmentStorage=true</c>; they are only taken when both are free.
    /// </summary>
    public static Task<AzuriteServer> StartAsync(
        string dataFolder, bool usualPorts = false, Action<string>? progress = null, CancellationToken ct = default) =>
        StartAsync(["--location", Directory.CreateDirectory(dataFolder).FullName], usualPorts, progress, ct);

    /// <summary>Nothing is left when it ends, and nothing is written to disk meanwhile.</summary>
    public static Task<AzuriteServer> StartInMemoryAsync(CancellationToken ct = default) => StartAsync(["--inMemoryPersistence"], usualPorts: false, progress: null, ct);

    /// <summary>In memory, over TLS, for callers who show a token of Entra ID; nobody proves its signature.</summary>
    /// <param name="certificate">File of a certificate for 127.0.0.1, PEM.</param>
    /// <param name="key">File of its key, PEM.</param>
    public static Task<AzuriteServer> StartSecurelyAsync(string certificate, string key, CancellationToken ct = default) =>
        StartAsync(["--inMemoryPersistence", "--cert", certificate, "--key", key, "--oauth", "basic"], usualPorts: false, progress: null, ct);

    private static async Task<AzuriteServer> StartAsync(string[] keeping, bool usualPorts, Action<string>? progress, CancellationToken ct)
    {
        var packages = await NodeTools.InstallAsync(progress, ct);
        var ports = usualPorts && StoragePorts.Usual.AreFree() ? StoragePorts.Usual : StoragePorts.Free();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartAsync(keeping, ports, packages, ct);
            }
            catch (InvalidOperationException e) when (attempt < Attempts && e.Message.Contains("EADDRINUSE"))
            {
                // Somebody took a port between looking and listening.
                ports = StoragePorts.Free();
            }
        }
    }

    /// <summary>Whether anything at all answers HTTP within a second where the connection string says blobs are.</summary>
    public static async Task<bool> AnswersAsync(string connectionString)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
        try
        {
            using var answer = await http.GetAsync(StorageEndpoint.BlobsOf(connectionString));
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    private static async Task<AzuriteServer> StartAsync(string[] keeping, StoragePorts ports, string packages, CancellationToken ct)
    {
        string[] arguments =
        [
            .. keeping,
            "--blobPort", $"{ports.Blob}", "--queuePort", $"{ports.Queue}", "--tablePort", $"{ports.Table}",
            "--silent", "--skipApiVersionCheck", "--disableTelemetry",
        ];
        var node = await NodeProcess.StartAsync("Node/azurite.mjs", arguments, packages, line => line.Contains(ReadyLine), ct);
        return new AzuriteServer(node, ports);
    }
}
