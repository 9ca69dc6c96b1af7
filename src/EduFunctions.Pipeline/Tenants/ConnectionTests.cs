using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Tenants;

/// <param name="Path">Of the settings, in the tenant file.</param>
public sealed record TestedConnection(string Path, ConnectionCheck Check);

/// <summary>Tries every connection of a tenant, and names what would keep a feed from being delivered although all of them are good.</summary>
public sealed class ConnectionTests(Catalog<ISource> sources, Catalog<IDelivery> deliveries, Catalog<IFeed> feeds)
{
    public async IAsyncEnumerable<TestedConnection> RunAsync(Tenant tenant, [EnumeratorCancellation] CancellationToken ct)
    {
        var tests = tenant.Feeds.Select((feed, at) => ($"$.feeds[{at}].delivery", (IPlugIn)deliveries[feed.Delivery.Type], (object)feed.Delivery))
            .Prepend(("$.source", sources[tenant.Source.Type], tenant.Source));
        foreach (var (path, plugIn, settings) in tests)
        {
            if (plugIn is not IConnectionTest test)
            {
                throw new InvalidOperationException($"The plug-in {plugIn.Type} cannot try its connection.");
            }

            await foreach (var check in test.TestAsync(settings, ct))
            {
                yield return new TestedConnection(path, check);
            }
        }

        foreach (var (at, feed) in tenant.Feeds.Index())
        {
            if (feeds[feed.Type].Reservation(feed.Settings) is { } reservation)
            {
                yield return new TestedConnection($"$.feeds[{at}].settings", new ConnectionCheck("delivery", reservation));
            }
        }
    }
}
