using System.Collections;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// What a target was given last, as it was and as it may stay: on a night on which nothing else may be sent it tells what is to be called otherwise there, since
/// tonight's roster is not what the target has.
/// </summary>
public sealed class GivenRosters(GivenAgain given, RunStore runs)
{
    /// <param name="before">What is known of the target.</param>
    /// <param name="tonight">Says who is protected.</param>
    /// <returns>Null when no roster of a delivery to the target is left, nor can be made anew.</returns>
    public async Task<GivenRoster?> FindAsync(RunRecord run, Tenant tenant, FeedSetup setup, KnownFiles before, Roster tonight, ProtectedValues values, CancellationToken ct)
    {
        if (await given.FindAsync(run, setup, ct) is not { Place: { } place } was
            || await given.FindAsync(run, setup, ct) is not { } stays
            || await runs.ShowAsync(run.Tenant, place.Run, ct) is not { IsUnreadable: false } then)
        {
            return null;
        }

        values = values.WithoutOthers(was.Roster, tonight.Protected.Rows.ToArray().ToHashSet());
        NeutralNames.Apply(stays.Roster, values, NeutralWords.Of(tenant));
        var persons = new BitArray(stays.Selection.Persons);
        TakeOut(new Leavers(tonight), stays.Roster, persons);
        var telling = TellingPersons.In(stays.Roster, values, persons);
        foreach (var row in telling)
        {
            persons[row] = false;
        }

        var settings = await given.FindSettingsAsync(then, setup, ct);
        return new GivenRoster(
            Input(was.Roster, was.Selection), Input(stays.Roster, stays.Selection with { Persons = persons }), [.. telling.Select(row => stays.Roster.Persons[row].Id)]);

        FeedInput Input(Roster roster, FeedSelection selection) => new(roster, selection, settings, before, then.Date) { Tenant = run.Tenant };
    }

    private static void TakeOut(Leavers leavers, Roster roster, BitArray persons)
    {
        for (var row = 0; row < roster.Persons.Count; row++)
        {
            persons[row] &= !leavers.Has(roster.Persons[row].Id);
        }
    }
}
