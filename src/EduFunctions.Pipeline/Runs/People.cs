using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Runs;

/// <summary>Answers "why is this person missing?" from the ledgers of the runs.</summary>
/// <param name="rebuilding">Brings back ledgers that cannot be read; null where nobody can.</param>
public sealed class People(BlobStorage blobs, RunStore runs, RuleCatalog rules, KeptPersons kept, SchoolNaming naming, IRunRebuilding? rebuilding = null)
{
    /// <summary>The decision on a person; null when the run's pull does not have the person, and no target does for what the guard keeps.</summary>
    /// <param name="run">Null for the latest run that came to decisions.</param>
    /// <exception cref="InvalidDataException">The run came to no decisions.</exception>
    public async Task<Explanation?> ExplainAsync(string tenant, EntityId person, string? run, CancellationToken ct)
    {
        run ??= (await FindLatestAsync(tenant, before: null, ct))?.Run;
        if (run is null)
        {
            return null;
        }

        if (await FindAsync(tenant, run, person, ct) is not { } entry)
        {
            return await ExplainAbsentAsync(tenant, run, person, ct);
        }

        var isTelling = await naming.TryFindTestAsync(tenant, run, ct);
        var explanation = Explanation.Of(tenant, run, entry, rules);
        explanation = explanation.Naming(await naming.FindAsync(tenant, run, isTelling, [RosterPath.Roster(tenant, run)], explanation.Schools, ct));
        explanation = explanation with
        {
            Feeds = await AtTargetsAsync(explanation, person, ct),
            ChangedSince = await CompareAsync(tenant, run, person, entry, ct),
        };
        return isTelling is null ? explanation : DiscreetExplanation.Of(explanation, isTelling);
    }

    private async Task<Explanation?> ExplainAbsentAsync(string tenant, string run, EntityId person, CancellationToken ct)
    {
        // A long text that stands in nothing that was read is nobody's id: a name or an address may be asked for by mistake.
        if (!TextIds.IsKnown(person) || await runs.FindAsync(tenant, run, ct) is not { } record)
        {
            return null;
        }

        var absent = Explanation.OfAbsent(tenant, run, record.Date, person, record.Feeds.Select(feed => feed.Name));
        var feeds = await AtTargetsAsync(absent, person, ct);
        return feeds.Values.Any(feed => feed.Reasons.Any(reason => reason.Code == FeedReasons.Staying)) ? absent with { Feeds = feeds } : null;
    }

    /// <summary>What became of the feeds, and whether the guard has let the person come, change or go.</summary>
    internal async Task<IReadOnlyDictionary<string, FeedExplanation>> AtTargetsAsync(Explanation explanation, EntityId person, CancellationToken ct)
    {
        var feeds = explanation.Feeds.ToDictionary();
        foreach (var feed in (await runs.FindAsync(explanation.Tenant, explanation.Run, ct))?.Feeds ?? [])
        {
            if (feeds.TryGetValue(feed.Name, out var explained))
            {
                var kept = await FindKeptAsync(explanation, feed, person, ct);
                feeds[feed.Name] = explained with { State = feed.State, Reasons = [.. explained.Reasons, .. kept] };
            }
        }

        return feeds;
    }

    private async Task<IEnumerable<FeedReason>> FindKeptAsync(Explanation explanation, FeedRun feed, EntityId person, CancellationToken ct)
    {
        if (feed.Plan is not { } plan || plan.Held + plan.Waiting == 0)
        {
            return [];
        }

        var phase = feed.Approval is not { } answer ? PlanPhase.Planned : answer.IsRefusal ? PlanPhase.Refused : PlanPhase.Approved;
        if (await kept.FindAsync(explanation.Tenant, explanation.Run, feed.Name, phase, person, ct) is not { } row)
        {
            return [];
        }

        var code = (Change)row.Change switch { Change.Added => FeedReasons.Waiting, Change.Removed => FeedReasons.Staying, _ => FeedReasons.Unchanged };
        var holds = feed.Holds.Where(hold => hold.Kind == (RowKind)row.Kind).ToList();
        var reason = new FeedReason(code, holds.Min(hold => hold.Since) ?? explanation.Date);
        var rests = holds.Count == 0 && feed.Notices?.Any(notice => notice.Code == NoticeCode.TargetRests) == true;
        return rests ? [reason, new FeedReason(FeedReasons.Resting)] : [reason];
    }

    /// <summary>By the latest earlier run whose ledger is still there: retention and purges take them one by one, and nobody has to miss an answer for it.</summary>
    private async Task<ChangesSince?> CompareAsync(string tenant, string run, EntityId person, LedgerEntry entry, CancellationToken ct)
    {
        for (var earlier = await FindLatestAsync(tenant, before: run, ct); earlier is not null; earlier = await FindLatestAsync(tenant, earlier.Run, ct))
        {
            try
            {
                return ChangesSince.Of(earlier.Run, earlier.Date, await ReadAsync(tenant, earlier.Run, person, ct), entry, rules);
            }
            catch (Exception e) when (RosterStore.IsUnreadable(e))
            {
                // Gone or damaged: the one before it.
            }
        }

        return null;
    }

    /// <summary>The latest run that came to decisions, dry runs included.</summary>
    /// <param name="before">Only runs before this one; null for all.</param>
    public async Task<RunRecord?> FindLatestAsync(string tenant, string? before, CancellationToken ct)
    {
        foreach (var run in (await runs.ListAsync(tenant, ct)).SkipWhile(run => before is not null && run != before).Skip(before is null ? 0 : 1))
        {
            if (await runs.FindAsync(tenant, run, ct) is { Counts: not null, Resends: null } record)
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>The latest run that decided on a person and whose decisions are kept; null for somebody whom none has had.</summary>
    public async Task<RunRecord?> FindLastAsync(string tenant, EntityId person, CancellationToken ct)
    {
        foreach (var run in await runs.ListAsync(tenant, ct))
        {
            if (await TryReadAsync(tenant, run, person, ct) is { Entry: not null }
                && await runs.ShowAsync(tenant, run, ct) is { IsUnreadable: false, Counts: not null, Resends: null } record)
            {
                return record;
            }
        }

        return null;
    }

    /// <summary>What a run decided on a person; null when its pull does not have the person.</summary>
    /// <exception cref="InvalidDataException">The run came to no decisions.</exception>
    public async Task<LedgerEntry?> FindAsync(string tenant, string run, EntityId person, CancellationToken ct)
    {
        try
        {
            return await ReadAsync(tenant, run, person, ct);
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e) && rebuilding is not null)
        {
            if (await runs.FindAsync(tenant, run, ct) is { Counts: not null } record && await rebuilding.RebuildAsync(record, ct))
            {
                return await ReadAsync(tenant, run, person, ct);
            }

            throw;
        }
    }

    /// <summary>What a run decided on a person, where its ledger is kept still.</summary>
    internal async Task<(bool IsKept, LedgerEntry? Entry)> TryReadAsync(string tenant, string run, EntityId person, CancellationToken ct)
    {
        try
        {
            return (true, await ReadAsync(tenant, run, person, ct));
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return (false, null);
        }
    }

    private Task<LedgerEntry?> ReadAsync(string tenant, string run, EntityId person, CancellationToken ct)
    {
        var name = RosterPath.Ledger(tenant, run);
        return LedgerFile.FindAsync(
            async (offset, length) => await blobs.ReadRangeAsync(Containers.Rosters, name, offset, length, ct)
                ?? throw new InvalidDataException($"Run {run} of tenant {tenant} came to no decisions, or its ledger was deleted."),
            person);
    }
}
