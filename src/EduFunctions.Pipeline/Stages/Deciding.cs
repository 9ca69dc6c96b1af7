using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Stages;

/// <summary>A snapshot after the rules: what was decided, who may be handed on, by what the others would be recognised, and whom each feed takes.</summary>
/// <param name="Problems">What kept feeds from choosing; they are not among the feeds.</param>
public sealed record Decided(
    Decisions Decisions, Roster Roster, ProtectedValues Protected, IReadOnlyList<ChosenFeed> Feeds, IReadOnlyList<Exception> Problems);

/// <summary>From a snapshot to decisions: what the night does, and what a replay does with other rules or on another day.</summary>
public sealed class Deciding(Catalog<ISource> sources, FeedChoosing choosing)
{
    /// <exception cref="RunHeldException">A rule cannot be evaluated.</exception>
    public async Task<Decided> DecideAsync(Snapshot snapshot, Tenant tenant, DateOnly date, IEnumerable<FeedSetup> feeds, CancellationToken ct)
    {
        var source = sources[snapshot.Manifest.Source];
        var data = await source.ReadAsync(snapshot, ReadOptionsOf(tenant), ct);
        StageMemory.Recycle();
        var values = Task.Run(() => ReadProtectedAsync(source, snapshot, data, ct), ct);
        var decisions = Decide.On(data, source.Rules, tenant.Eligibility, date);
        var roster = RosterBuilder.Build(decisions);
        StageMemory.Recycle();
        var choices = await Task.WhenAll(feeds.Select(feed => Task.Run(() => TryChooseAsync(tenant, feed, decisions, roster, ct), ct)));
        var chosen = choices.Select(choice => choice.Feed).OfType<ChosenFeed>().ToList();
        foreach (var feed in chosen)
        {
            data.Findings.Add(feed.Selection.Findings);
        }

        var found = await values;
        data.ForgetWhatRostersHave();
        StageMemory.Release();
        return new Decided(decisions, roster, found, chosen, [.. choices.Select(choice => choice.Problem).OfType<Exception>()]);
    }

    private async Task<(ChosenFeed? Feed, Exception? Problem)> TryChooseAsync(
        Tenant tenant, FeedSetup setup, Decisions decisions, Roster roster, CancellationToken ct)
    {
        try
        {
            var own = setup.Settings.Pseudonymise is { } pseudonym
                ? RosterBuilder.Build(Decide.On(Pseudonyms.Apply(decisions.Data, pseudonym), decisions.Rules, tenant.Eligibility, decisions.Window.Today))
                : roster;
            return (await choosing.ChooseAsync(tenant.Id, setup, own, ct), null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return (null, e);
        }
    }

    private static async Task<ProtectedValues> ReadProtectedAsync(ISource source, Snapshot snapshot, SourceData data, CancellationToken ct)
    {
        await source.ReadProtectedAsync(snapshot, data, ct);
        return ProtectedValuesBuilder.Of(data, KeyOf(snapshot.Manifest));
    }

    /// <summary>Another one for every pull, and the same when the pull is read again.</summary>
    private static ulong KeyOf(SnapshotManifest manifest) => Convert.ToUInt64(manifest.Sha256[..16], 16);

    internal static ReadOptions ReadOptionsOf(Tenant tenant) => new()
    {
        CivicNumbers = tenant.Privacy.IncludeCivicNumber,
        IdentifierContexts = [.. tenant.Feeds.SelectMany(feed => feed.Settings.IdentifierContexts).Distinct()],
        ActiveUnitProperty = Encoding.UTF8.GetBytes(tenant.Eligibility.Selection?.Property?.ActiveUnit ?? ""),
        ToLmsProperty = Encoding.UTF8.GetBytes(tenant.Eligibility.Selection?.Property?.ToLms ?? ""),
    };
}
