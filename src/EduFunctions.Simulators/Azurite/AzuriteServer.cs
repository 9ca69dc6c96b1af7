using System.Security.Cryptography;
using EduFunctions.Simulators.Node;

namespace EduFunctions.Simulators.Azurite;

/// <summary>Azure Storage on this machine: blobs and queues, kept in a folder or in memory.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    // Of Azurite's three services the last to start.
    private const string ReadyLine = "Table service is successfully listening";
    private const int Attempts = 5;
    private const int KeyBytes = 64;

    private readonly NodeProcess _node;

    private AzuriteServer(NodeProcess node, StoragePorts ports, string? key)
    {
        _node = node;
        ConnectionString = StorageEndpoint.ConnectionString(ports, key);
        SecureAddress = StorageEndpoint.SecureAddress(ports);
    }

    public string ConnectionString { get; }

    /// <summary>Where the blobs are of one that was started securely.</summary>
    public string SecureAddress { get; }

    /// <summary>Everything stays in the data folder, also over a restart.</summary>
    public static Task<AzuriteServer> StartAsync(string dataFolder, CancellationToken ct = default) => StartAsync(In(dataFolder), StoragePorts.Free, key: null, ct);

    /// <summary>The same with a key of its own, so that it can be told from any other, and only who was given the connection string gets in.</summary>
    public static Task<AzuriteServer> StartOwnAsync(string dataFolder, CancellationToken ct) =>
        StartAsync(In(dataFolder), StoragePorts.Free, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)), ct);

    /// <summary>The same on the ports 10000 and 10001, where <c>UseDevelopmentStorage=true</c> looks.</summary>
    /// <exception cref="InvalidOperationException">One of them is taken.</exception>
    public static Task<AzuriteServer> StartOnUsualPortsAsync(string dataFolder, CancellationToken ct) =>
        StartAsync(In(dataFolder), () => StoragePorts.Usual.AreFree() ? StoragePorts.Usual : throw new InvalidOperationException(StoragePorts.UsualAreTaken), key: null, ct);

    /// <summary>Nothing is left when it ends, and nothing is written to disk meanwhile.</summary>
    public static Task<AzuriteServer> StartInMemoryAsync(CancellationToken ct = default) => StartAsync(["--inMemoryPersistence"], StoragePorts.Free, key: null, ct);

    /// <summary>In memory, over TLS, for callers who show a token of Entra ID; nobody proves its signature.</summary>
    /// <param name="certificate">File of a certificate for 127.0.0.1, PEM.</param>
    /// <param name="key">File of its key, PEM.</param>
    public static Task<AzuriteServer> StartSecurelyAsync(string certificate, string key, CancellationToken ct = default) =>
        StartAsync(["--inMemoryPersistence", "--cert", certificate, "--key", key, "--oauth", "basic"], StoragePorts.Free, key: null, ct);

    private static string[] In(string dataFolder) => ["--location", Directory.CreateDirectory(dataFolder).FullName];

    private static async Task<AzuriteServer> StartAsync(string[] keeping, Func<StoragePorts> choose, string? key, CancellationToken ct)
    {
        var packages = await NodeTools.InstallAsync(ct: ct);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await StartAsync(keeping, choose(), key, packages, ct);
            }
            catch (InvalidOperationException e) when (attempt < Attempts && e.Message.Contains("EADDRINUSE"))
            {
                // Somebody took a port between looking and listening.
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

    private static async Task<AzuriteServer> StartAsync(string[] keeping, StoragePorts ports, string? key, string packages, CancellationToken ct)
    {
        string[] arguments =
        [
            .. keeping,
            "--blobPort", $"{ports.Blob}", "--queuePort", $"{ports.Queue}", "--tablePort", $"{ports.Table}",
            "--silent", "--skipApiVersionCheck", "--disableTelemetry",
        ];
        Dictionary<string, string> accounts = key is null ? [] : new() { ["AZURITE_ACCOUNTS"] = StorageEndpoint.Accounts(key) };
        var node = await NodeProcess.StartAsync("Node/azurite.mjs", arguments, packages, line => line.Contains(ReadyLine), ct, accounts);
        return new AzuriteServer(node, ports, key);
    }
}
