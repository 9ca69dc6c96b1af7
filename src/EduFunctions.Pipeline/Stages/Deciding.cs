using System.Text;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Sources;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>A snapshot after the rules: what was decided, who may be handed on, and whom each feed takes.</summary>
public sealed record Decided(Decisions Decisions, Roster Roster, IReadOnlyList<ChosenFeed> Feeds);

public sealed record ChosenFeed(FeedPlan Plan, FeedSelection Selection);

/// <summary>From a snapshot to decisions: what the night does, and what a replay does with other rules or on another day.</summary>
public sealed class Deciding(Catalog<ISource> sources, Catalog<IFeed> feeds, DeliveredFiles delivered)
{
    /// <exception cref="RunHeldException">A rule cannot be evaluated, or a feed is not in the tenant file.</exception>
    public async Task<Decided> DecideAsync(Snapshot snapshot, Tenant tenant, DateOnly date, IEnumerable<string> feedNames, CancellationToken ct)
    {
        var data = await sources[snapshot.Manifest.Source].ReadAsync(snapshot, ReadOptionsOf(tenant), ct);
        var decisions = Decide.On(data, tenant.Eligibility, date);
        var roster = RosterBuilder.Build(decisions);
        var chosen = new List<ChosenFeed>();
        foreach (var name in feedNames)
        {
            chosen.Add(await ChooseAsync(tenant, name, roster, ct));
            data.Findings.Add(chosen[^1].Selection.Findings);
        }

        return new Decided(decisions, roster, chosen);
    }

    private async Task<ChosenFeed> ChooseAsync(Tenant tenant, string name, Roster roster, CancellationToken ct)
    {
        var plan = tenant.Feeds.FirstOrDefault(feed => feed.Name == name)
            ?? throw new RunHeldException($"The feed {name} is no longer in the tenant file. Repeat the run.");
        var feed = feeds[plan.Type];
        using var held = await delivered.ReadAsync(tenant.Id, name, feed.ChoosesBy, ct);
        return new ChosenFeed(plan, feed.Choose(roster, plan.Settings, held));
    }

    internal static ReadOptions ReadOptionsOf(Tenant tenant) => new()
    {
        CivicNumbers = tenant.Privacy.IncludeCivicNumber,
        IdentifierContexts = [.. tenant.Feeds.SelectMany(feed => feed.Settings.IdentifierContexts).Distinct()],
        ActiveUnitProperty = Encoding.UTF8.GetBytes(tenant.Eligibility.Selection?.Property?.ActiveUnit ?? ""),
        ToLmsProperty = Encoding.UTF8.GetBytes(tenant.Eligibility.Selection?.Property?.ToLms ?? ""),
    };
}
