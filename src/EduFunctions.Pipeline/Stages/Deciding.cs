using System.Collections;
using System.Text;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Sources;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>A snapshot after the rules: what was decided, who may be handed on, by what the others would be recognised, and whom each feed takes.</summary>
public sealed record Decided(Decisions Decisions, Roster Roster, ProtectedValues Protected, IReadOnlyList<ChosenFeed> Feeds);

/// <param name="Roster">The run's, or one of its own for a feed in which protected students go by an alias.</param>
public sealed record ChosenFeed(FeedPlan Plan, Roster Roster, FeedSelection Selection)
{
    /// <summary>By row of the run's roster: whether the feed has the person. Aliases are nobody there.</summary>
    public BitArray PersonsOf(Roster run)
    {
        var persons = new BitArray(run.Persons.Count);
        for (int row = 0, own = 0; row < persons.Count; row++)
        {
            while (own < Roster.Persons.Count && Roster.Persons[own].Id < run.Persons[row].Id)
            {
                own++;
            }

            persons[row] = own < Roster.Persons.Count && Roster.Persons[own].Id == run.Persons[row].Id && Selection.Persons[own];
        }

        return persons;
    }
}

/// <summary>From a snapshot to decisions: what the night does, and what a replay does with other rules or on another day.</summary>
public sealed class Deciding(Catalog<ISource> sources, Catalog<IFeed> feeds, DeliveredFiles delivered)
{
    /// <exception cref="RunHeldException">A rule cannot be evaluated, or a feed is not in the tenant file.</exception>
    public async Task<Decided> DecideAsync(Snapshot snapshot, Tenant tenant, DateOnly date, IEnumerable<string> feedNames, CancellationToken ct)
    {
        var source = sources[snapshot.Manifest.Source];
        var data = await source.ReadAsync(snapshot, ReadOptionsOf(tenant), ct);
        StageMemory.Release();
        var values = Task.Run(() => ReadProtectedAsync(source, snapshot, data, ct), ct);
        var decisions = Decide.On(data, tenant.Eligibility, date);
        var roster = RosterBuilder.Build(decisions);
        var chosen = await Task.WhenAll(feedNames.Select(name => Task.Run(() => ChooseAsync(tenant, name, decisions, roster, ct), ct)));
        foreach (var feed in chosen)
        {
            data.Findings.Add(feed.Selection.Findings);
        }

        return new Decided(decisions, roster, await values, chosen);
    }

    private async Task<ChosenFeed> ChooseAsync(Tenant tenant, string name, Decisions decisions, Roster roster, CancellationToken ct)
    {
        var plan = tenant.Feeds.FirstOrDefault(feed => feed.Name == name)
            ?? throw new RunHeldException($"The feed {name} is no longer in the tenant file. Repeat the run.");
        var own = plan.Settings.Pseudonymise is { } pseudonym
            ? RosterBuilder.Build(Decide.On(Pseudonyms.Apply(decisions.Data, pseudonym), tenant.Eligibility, decisions.Window.Today))
            : roster;
        var feed = feeds[plan.Type];
        using var held = await delivered.ReadAsync(feed, tenant.Id, name, target: null, feed.ChoosesBy, ct);
        return new ChosenFeed(plan, own, feed.Choose(own, plan.Settings, held));
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
