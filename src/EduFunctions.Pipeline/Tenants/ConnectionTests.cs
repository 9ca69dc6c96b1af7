using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Tenants;

/// <param name="Path">Of the settings, in the tenant file.</param>
public sealed record TestedConnection(string Path, ConnectionCheck Check);

/// <summary>
/// Tries every connection of a tenant, and names what would keep a feed from being delivered although all of them are good. What one of them ends with,
/// however strange, keeps no other from being tried.
/// </summary>
public sealed class ConnectionTests(Catalog<ISource> sources, Catalog<IDelivery> deliveries, Catalog<IFeed> feeds, CallLimits limits)
{
    /// <summary>How long each may take to answer.</summary>
    public TimeSpan Patience { get; } = limits.Trial;

    public IAsyncEnumerable<TestedConnection> RunAsync(Tenant tenant, CancellationToken ct) => RunAsync(tenant, wrong: [], ct);

    /// <param name="wrong">Places of the file that are known to be wrong: what has one of them is not tried.</param>
    public async IAsyncEnumerable<TestedConnection> RunAsync(Tenant tenant, IReadOnlyCollection<string> wrong, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var (path, plugIn, settings) in PlugInsOf(tenant).ExceptBy(Untried(tenant, wrong), tried => tried.Path))
        {
            await foreach (var check in TestAsync(plugIn, settings, ct))
            {
                yield return new TestedConnection(path, check);
            }
        }

        foreach (var (at, feed) in tenant.Feeds.Index())
        {
            if (!wrong.Any(place => Paths.Meet(place, $"$.feeds[{at}].settings")) && feeds[feed.Type].Reservation(feed.Settings) is { } reservation)
            {
                yield return new TestedConnection($"$.feeds[{at}].settings", new ConnectionCheck("delivery", reservation));
            }
        }
    }

    /// <summary>The connections that are not tried, since something in their settings is wrong.</summary>
    public IReadOnlyList<string> Untried(Tenant tenant, IReadOnlyCollection<string> wrong) =>
        [.. PlugInsOf(tenant).Select(tried => tried.Path).Where(path => wrong.Any(place => Paths.Meet(place, path)))];

    /// <summary>What no check and no dry run can tell, connection by connection: a sentence that goes on after "whether".</summary>
    public IEnumerable<(string Path, string Open)> OnlyANightTells(Tenant tenant) => PlugInsOf(tenant)
        .Where(tried => tried.PlugIn is IConnectionTest)
        .Select(tried => (tried.Path, ((IConnectionTest)tried.PlugIn).OnlyANightTells));

    private IEnumerable<(string Path, IPlugIn PlugIn, object Settings)> PlugInsOf(Tenant tenant) => tenant.Feeds
        .Select((feed, at) => ($"$.feeds[{at}].delivery", (IPlugIn)deliveries[feed.Delivery.Type], (object)feed.Delivery))
        .Prepend(("$.source", sources[tenant.Source.Type], tenant.Source));

    private async IAsyncEnumerable<ConnectionCheck> TestAsync(IPlugIn plugIn, object settings, [EnumeratorCancellation] CancellationToken ct)
    {
        if (plugIn is not IConnectionTest test)
        {
            yield return new ConnectionCheck("connection", $"A plug-in of type {plugIn.Type} cannot try its connection.");
            yield break;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var checks = new Lazy<IAsyncEnumerator<ConnectionCheck>>(() => test.TestAsync(settings, patience.Token).GetAsyncEnumerator(patience.Token));
        while (await NextAsync(checks, patience, ct) is { } next)
        {
            yield return next.Check;
            if (next.IsLast)
            {
                yield break;
            }
        }
    }

    /// <summary>The next check; null behind the last. A plug-in that throws has said with that what is wrong, as far as anybody can tell.</summary>
    private async Task<(ConnectionCheck Check, bool IsLast)?> NextAsync(Lazy<IAsyncEnumerator<ConnectionCheck>> checks, CancellationTokenSource patience, CancellationToken ct)
    {
        try
        {
            patience.CancelAfter(Patience);
            if (await checks.Value.MoveNextAsync())
            {
                return (checks.Value.Current, false);
            }

            await checks.Value.DisposeAsync();
            return null;
        }
        catch (Exception) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return (new ConnectionCheck("connection", $"No answer within {Patience.TotalSeconds:0} seconds. Check the address, and whether anything on the way keeps the call back."), true);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return (new ConnectionCheck("connection", Sentence(e)), true);
        }
    }

    /// <summary>What strange exceptions say may be anything, a secret included: of those only the kind is told.</summary>
    private static string Sentence(Exception e) => e is RunHeldException or IOException or TimeoutException
        ? e.Message
        : $"The connection could not be tried to its end: {e.GetBaseException().GetType().Name}. Check these settings; if they are right, report this with what stands here.";
}
