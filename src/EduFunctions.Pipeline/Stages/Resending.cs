using System.Collections;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Makes the roster of an earlier run that of a new one. Who has become protected since is not in it: what is known now counts, not then.</summary>
public sealed class Resending(BlobStorage blobs, RosterStore rosters, RunStore runs)
{
    /// <exception cref="RunHeldException">The earlier run has no roster any more.</exception>
    public async Task<Roster> PrepareAsync(RunRecord run, CancellationToken ct)
    {
        var earlier = await FindAsync(run.Tenant, run.Resends!, ct)
            ?? throw new RunHeldException($"The roster of run {run.Resends} is gone or cannot be read, so it cannot be sent again. Choose another run.");
        var nobody = Schools(earlier);
        var (latest, now) = await LatestAsync(run, ct);
        nobody.Protected.Add(now.Protected.Rows);
        var difference = RosterDifference.Between(earlier, All(earlier), nobody, All(nobody));
        var roster = EffectiveRoster.Of(difference, Guard.KeepAll(difference));
        await rosters.SaveAsync(RosterPath.Roster(run.Tenant, run.Run), roster, ct);
        await using var values = await blobs.OpenAsync(Containers.Rosters, RosterPath.Protected(run.Tenant, latest), ct)
            ?? throw new RunHeldException($"What run {latest} must keep back is not on record. Sync first.");
        await blobs.WriteAsync(Containers.Rosters, RosterPath.Protected(run.Tenant, run.Run), values, ct);
        return roster;
    }

    /// <summary>The latest pull that came to a roster.</summary>
    private async Task<(string Run, Roster Roster)> LatestAsync(RunRecord run, CancellationToken ct)
    {
        foreach (var name in (await runs.ListAsync(run.Tenant, ct)).SkipWhile(name => name != run.Run).Skip(1))
        {
            if (await FindAsync(run.Tenant, name, ct) is { } latest)
            {
                return (name, latest);
            }
        }

        throw new RunHeldException("No pull is left that says who is protected now. Sync first.");
    }

    private async Task<Roster?> FindAsync(string tenant, string run, CancellationToken ct)
    {
        try
        {
            return await rosters.FindAsync(RosterPath.Roster(tenant, run), ct);
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return null;
        }
    }

    /// <summary>The schools alone, with their own texts: nothing of a person who goes may be left behind.</summary>
    private static Roster Schools(Roster earlier)
    {
        var texts = TextChunk.Empty(Roster.OtherTexts);
        var schools = new Roster { Vocabulary = earlier.Vocabulary };
        foreach (var unit in earlier.Units.Rows)
        {
            schools.Units.Add(unit with { Name = texts.Add(earlier[unit.Name]), SchoolUnitCode = texts.Add(earlier[unit.SchoolUnitCode]) });
        }

        schools.Texts.Add(texts);
        return schools;
    }

    private static FeedSelection All(Roster roster) =>
        new(new BitArray(roster.Persons.Count, true), new BitArray(roster.Sections.Count, true), new FindingLog());
}
