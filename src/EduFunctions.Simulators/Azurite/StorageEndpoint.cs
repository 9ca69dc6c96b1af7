namespace EduFunctions.Simulators.Azurite;

/// <summary>Connection strings of development storage.</summary>
internal static class StorageEndpoint
{
    private const string Account = "devstoreaccount1";

    // Printed in Azure's own documentation: every development storage has this key.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    /// <param name="key">Null for the one that everybody knows.</param>
    public static string ConnectionString(StoragePorts ports, string? key) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={key ?? Key};"
        + $"BlobEndpoint={Endpoint(ports.Blob)};QueueEndpoint={Endpoint(ports.Queue)};";

    /// <summary>As Azurite is told them.</summary>
    public static string Accounts(string key) => $"{Account}:{key}";

    public static string SecureAddress(StoragePorts ports) => Endpoint(ports.Blob).Replace("http:", "https:", StringComparison.Ordinal);

    public static Uri BlobsOf(string connectionString)
    {
        var settings = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => setting.Split('=', 2))
            .ToDictionary(pair => pair[0].Trim(), pair => pair[^1].Trim(), StringComparer.OrdinalIgnoreCase);
        if (settings.ContainsKey("UseDevelopmentStorage"))
        {
            return new Uri(Endpoint(StoragePorts.Usual.Blob));
        }

        return new Uri(settings.TryGetValue("BlobEndpoint", out var endpoint) ? endpoint : AzureEndpoint(settings));
    }

    private static string Endpoint(int port) => $"http://127.0.0.1:{port}/{Account}";

    private static string AzureEndpoint(Dictionary<string, string> settings) =>
        $"https://{settings["AccountName"]}.blob.{settings.GetValueOrDefault("EndpointSuffix", "core.windows.net")}/";
}
