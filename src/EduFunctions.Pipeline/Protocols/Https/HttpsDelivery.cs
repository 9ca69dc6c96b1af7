using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Tls;

namespace EduFunctions.Pipeline.Protocols.Https;

/// <summary>Puts every file to an address of its own by HTTPS: the same file twice is one file.</summary>
public sealed class HttpsDelivery(CertifiedConnections connections, TimeProvider time) : IDelivery, IConnectionTest
{
    public const string HttpClientName = "https";

    public string Type => "https";

    public Type Settings => typeof(HttpsSettings);

    public string OnlyANightTells => "files may be put at the address, and what the receiver makes of them";

    public string Target(DeliverySettings settings) => ((HttpsSettings)settings).Url;

    public async Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct)
    {
        var settings = (HttpsSettings)setup.Delivery;
        using var http = connections.Open(HttpClientName, settings.Certificates);
        var put = new HttpsPut(http, settings);
        return await progress.PutAllAsync(files, time, (name, file) => put.SendAsync(name, file, ct));
    }

    /// <summary>Asks about a file that never was: who may not ask is told so, and whether one may put, only a delivery tells.</summary>
    public async IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, [EnumeratorCancellation] CancellationToken ct)
    {
        var https = (HttpsSettings)settings;
        using var http = connections.Open(HttpClientName, https.Certificates);
        yield return new ConnectionCheck("address and headers", await new HttpsPut(http, https).FindObstacleAsync(ct));
    }
}
