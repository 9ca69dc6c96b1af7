using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// A run that nothing is decided on, because its pull broke off or cannot be believed: whoever is remembered by now, perhaps by its own pages, and is in what
/// targets were given last, or rests there, leaves them all the same, against that. What is called by them there is called otherwise.
/// </summary>
public sealed class RefusedRun(BlobStorage blobs, RunStore runs, Remembering remembering, TargetRosters delivered, RosterStore rosters, TimeProvider time)
{
    /// <returns>The exports that do it; null when there is nobody to take out, so that the run is over.</returns>
    public async Task<NextMessages?> TryBeginAsync(RunRecord run, string reason, CancellationToken ct)
    {
        if (run.DryRun || run.State >= RunState.Exporting || run.Feeds.Count == 0
            || await remembering.FindAsync(run.Tenant, run.Run, ct) is not { Count: > 0 } memory
            || await FindAsync(run, memory, ct) is not { } leaving)
        {
            return null;
        }

        await rosters.SaveAsync(RosterPath.Leaving(run.Tenant, run.Run), leaving, ct);
        var values = ValuesOf(memory, leaving);
        await blobs.WriteAsync(Containers.Rosters, RosterPath.Protected(run.Tenant, run.Run), stream => ProtectedValuesFile.Write(values, stream), ct);
        return Exports(await runs.UpdateAsync(run.Tenant, run.Run, record => record.Refuse(reason, time.GetUtcNow()), ct));
    }

    internal static NextMessages Exports(RunRecord run) =>
        NextMessages.Of(run.Feeds.Where(feed => feed.State is null).Select(feed => new ExportMessage(run.Tenant, run.Run, feed.Name)));

    /// <summary>The first of the delivered rosters that has somebody to take out, or tells of one, without these; null when none does, and none is lost.</summary>
    private async Task<Roster?> FindAsync(RunRecord run, ProtectionMemory memory, CancellationToken ct)
    {
        var identities = memory.Identities.ToHashSet();
        var (leaving, isLost, last, telling) = ((Roster?)null, false, (Roster?)null, (Roster?)null);
        var left = (await delivered.LeftAsync(run.Tenant, ct)).Select(person => person.Id).Where(memory.Has).ToList();
        await foreach (var roster in delivered.AllAsync(run.Tenant, [.. run.Feeds.Select(feed => feed.Name)], hasOthers: false, ct))
        {
            isLost |= roster is null;
            last ??= roster;
            var rows = roster is null ? [] : new DeliveredPeople(roster, memory.Key).Rows(memory.Has, identities.Contains);
            if (rows.Count > 0)
            {
                leaving ??= Without(roster!, memory, rows.Select(row => roster!.Persons[row].Id));
            }

            telling ??= leaving is null && roster is not null && Without(roster, memory, []) is var others && IsTelling(others, memory) ? others : null;
        }

        // Who left before and was only put to rest is in none of them.
        return leaving
            ?? (last is not null && left.Count > 0 ? Without(last, memory, left) : null)
            ?? telling
            ?? (isLost ? Without(new Roster { Vocabulary = new RosterVocabulary([], [], [], []) }, memory, []) : null);
    }

    private static bool IsTelling(Roster roster, ProtectionMemory memory)
    {
        var values = ValuesOf(memory, roster);
        return NeutralNames.AnyIn(roster, values) || TellingPersons.In(roster, values).Count > 0;
    }

    private static ProtectedValues ValuesOf(ProtectionMemory memory, Roster leaving) =>
        ProtectedValuesBuilder.Of(memory).WithoutOthers(leaving, leaving.Protected.Rows.ToArray().ToHashSet());

    private static Roster Without(Roster roster, ProtectionMemory memory, IEnumerable<EntityId> same) => LeavingRoster.Of(
        roster,
        [.. memory.People.Select(person => person.Id).Union(same).Order()],
        [.. memory.People.SelectMany(person => person.Companions).Distinct().Order()]);
}
