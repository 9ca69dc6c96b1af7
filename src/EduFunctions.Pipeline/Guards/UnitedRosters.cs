using System.Collections;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What a target has had of either of two rosters: of which one it has now, nobody knows.</summary>
internal static class UnitedRosters
{
    /// <returns>Everybody of the later one as there, and as before whoever only the earlier one has.</returns>
    public static (Roster Roster, FeedSelection Selection) Of(Roster before, FeedSelection beforeSelection, Roster now, FeedSelection nowSelection)
    {
        var difference = RosterDifference.Between(before, beforeSelection, now, nowSelection);
        var verdict = new Verdict(difference);
        KeepRemoved(difference.PersonRows, verdict.Persons);
        KeepRemoved(difference.SectionRows, verdict.Sections);
        verdict.Members.SetAll(true);
        return verdict.KeepsNothing ? (now, nowSelection) : (EffectiveRoster.Of(difference, verdict), nowSelection with
        {
            Persons = Chosen(difference.Persons, verdict.Persons, nowSelection.Persons),
            Sections = Chosen(difference.Sections, verdict.Sections, nowSelection.Sections),
            Contested = null,
            Excused = null,
            RosterSum = null,
        });
    }

    private static void KeepRemoved(RankedRows rows, Fate[] fates)
    {
        foreach (var rank in rows.Moving.Rows)
        {
            fates[rank] = rows[rank].Change == Change.Removed ? Fate.AsBefore : Fate.AsNow;
        }
    }

    private static BitArray Chosen(Alignment ranks, Fate[] fates, BitArray now) =>
        new([.. EffectiveRoster.Ranks(ranks, fates).Select(rank => fates[rank] == Fate.AsBefore || now[ranks.Now(rank)])]);
}
