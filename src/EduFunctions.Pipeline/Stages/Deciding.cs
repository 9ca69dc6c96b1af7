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
/// <param name="Waiting">How many who were protected wait for an operator before they are treated as anybody else.</param>
public sealed record Decided(
    Decisions Decisions, Roster Roster, ProtectedValues Protected, IReadOnlyList<ChosenFeed> Feeds, IReadOnlyList<Exception> Problems, int Waiting = 0)
{
    /// <summary>What is wrong with the sealed chain; null when nothing is.</summary>
    internal CutChain? Cut { get; init; }
}

/// <summary>From a snapshot to decisions: what the night does, and what a replay does with other rules or on another day.</summary>
public sealed class Deciding(Catalog<ISource> sources, FeedChoosing choosing, Remembering remembering)
{
    /// <summary>Who is protected is remembered first, also when nothing can be decided on the pull.</summary>
    /// <exception cref="RunHeldException">A rule cannot be evaluated.</exception>
    public async Task<Decided> DecideAsync(Snapshot snapshot, Occasion occasion, IEnumerable<FeedSetup> feeds, CancellationToken ct)
    {
        var source = sources[snapshot.Manifest.Source];
        var data = await source.ReadAsync(snapshot, occasion.Tenant, ct, occasion.AcceptsShrink);
        StageMemory.Recycle(data.Persons.Count);
        var pull = await remembering.RecallAsync(occasion, snapshot.Manifest, data, ct);
        var values = Task.Run(() => RememberAsync(source, snapshot, data, occasion, pull, ct), ct);
        try
        {
            return occasion.Refusal is not null ? throw occasion.Refusal
                : data.Refusal is not null ? throw new RunHeldException(data.Refusal)
                : (await DecideAsync(data, source.Rules, occasion, pull.Waiting, feeds, values, ct)) with { Cut = pull.Cut };
        }
        finally
        {
            await values;
        }
    }

    /// <summary>What a pull says of protection alone: also of one that is not complete, and of one that an earlier release has read in another way.</summary>
    public async Task<ProtectedValues> RememberAsync(Snapshot snapshot, Occasion occasion, CancellationToken ct)
    {
        var source = sources[snapshot.Manifest.Source];
        var data = await source.ReadAsync(snapshot, occasion.Tenant, ct, occasion.AcceptsShrink);
        return await RememberAsync(source, snapshot, data, occasion, await remembering.RecallAsync(occasion, snapshot.Manifest, data, ct), ct);
    }

    private async Task<Decided> DecideAsync(
        SourceData data, RuleBook rules, Occasion occasion, int waiting, IEnumerable<FeedSetup> feeds, Task<ProtectedValues> values, CancellationToken ct)
    {
        var tenant = occasion.Tenant;
        var decisions = Decide.On(data, rules, tenant.Eligibility, occasion.Date);
        var roster = RosterBuilder.Build(decisions);
        StageMemory.Recycle(data.Persons.Count);
        var choices = await Task.WhenAll(feeds.Select(feed => Task.Run(() => TryChooseAsync(tenant, feed, decisions, roster, ct), ct)));
        var chosen = choices.Select(choice => choice.Feed).OfType<ChosenFeed>().ToList();
        foreach (var feed in chosen)
        {
            data.Findings.Add(feed.Selection.Findings);
        }

        var found = await values;
        found.Spared.ToList().ForEach(person => data.Findings.Add(FindingCodes.ValueOfMany, EntityKind.Person, person));

        // Before more is made of the rosters, which may be as large once more.
        data.ForgetWhatRostersHave();
        var keptBack = KeepingBack.From(roster, chosen, found, NeutralWords.Of(tenant));
        data.Findings.Add(keptBack.Findings);
        StageMemory.Release(roster.Persons.Count);
        return new Decided(decisions, keptBack.Run, found, keptBack.Chosen, [.. choices.Select(choice => choice.Problem).OfType<Exception>()], waiting);
    }

    private async Task<(ChosenFeed? Feed, Exception? Problem)> TryChooseAsync(
        Tenant tenant, FeedSetup setup, Decisions decisions, Roster roster, CancellationToken ct)
    {
        try
        {
            return (await choosing.ChooseAsync(tenant.Id, setup, setup.HasOwnRoster ? OwnRoster(tenant, setup, decisions) : roster, ct), null);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            return (null, e);
        }
    }

    private static Roster OwnRoster(Tenant tenant, FeedSetup setup, Decisions decisions)
    {
        var data = setup.Settings.Pseudonymise is { } pseudonym ? Pseudonyms.Apply(decisions.Data, pseudonym) : decisions.Data;
        var own = Decide.On(data, decisions.Rules, tenant.Eligibility, decisions.Window.Today);
        if (setup.IsPartial)
        {
            FeedScope.Narrow(own, setup);
        }

        return RosterBuilder.Build(own);
    }

    private async Task<ProtectedValues> RememberAsync(
        ISource source, Snapshot snapshot, SourceData data, Occasion occasion, RecalledPull pull, CancellationToken ct)
    {
        await source.ReadProtectedAsync(snapshot, data, ct);
        return ProtectedValuesBuilder.Of(await remembering.RememberAsync(occasion, pull, ct), data, choosing.OwnWords(occasion.Tenant));
    }

    internal static ReadOptions ReadOptionsOf(Tenant tenant) => new()
    {
        Source = tenant.Source,
        CivicNumbers = tenant.Privacy.IncludeCivicNumber,
        DateMarginDays = tenant.Eligibility.DateMarginDays,
        MaxNotUnderstoodPercent = tenant.Source.MaxNotUnderstoodPercent,
        IdentifierContexts = [.. tenant.Feeds.SelectMany(feed => feed.Settings.IdentifierContexts).Distinct()],
        GroupTypes = tenant.Eligibility.GroupTypes,
        ActiveUnitProperty = Encoding.UTF8.GetBytes(tenant.Eligibility.Selection?.Property?.ActiveUnit ?? ""),
        ToLmsProperty = Encoding.UTF8.GetBytes(tenant.Eligibility.Selection?.Property?.ToLms ?? ""),
    };
}
