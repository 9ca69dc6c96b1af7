using System.Collections;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>The roster and the part of it that a feed gets after a verdict.</summary>
internal sealed record EffectiveFeed(Roster Roster, FeedSelection Selection, bool IsTonights)
{
    /// <summary>Of one night's chain of logins, each of which somebody else had before.</summary>
    private const int MostTimes = 8;

    /// <param name="chosen">The feed's choice of tonight's roster.</param>
    /// <param name="choose">The feed's choice of a roster.</param>
    public static EffectiveFeed Of(RosterDifference difference, Verdict verdict, FeedSelection chosen, Func<Roster, FeedSelection> choose)
    {
        if (verdict.KeepsNothing)
        {
            return new EffectiveFeed(difference.Now.Roster, chosen, IsTonights: true);
        }

        for (var again = 0; ; again++)
        {
            var roster = EffectiveRoster.Of(difference, verdict);
            var selection = choose(roster);
            if (again < MostTimes && KeepLosers(difference, verdict, selection))
            {
                continue;
            }

            var before = choose(difference.Before.Roster);
            var chosenAnyway = new BitArray(selection.Persons);
            Keep(selection.Persons, before.Persons, EffectiveRoster.Kept(difference.Persons, verdict.Persons));
            Keep(selection.Sections, before.Sections, EffectiveRoster.Kept(difference.Sections, verdict.Sections));
            var excused = chosenAnyway.Xor(selection.Persons);
            return new EffectiveFeed(roster, selection with { Excused = excused.HasAnySet() ? excused : null }, IsTonights: false);
        }
    }

    /// <summary>
    /// Who is there and would get a login or address that somebody keeps who stays, is no leaver: nothing changes for them either, until that one has gone.
    /// </summary>
    private static bool KeepLosers(RosterDifference difference, Verdict verdict, FeedSelection selection)
    {
        if (selection.Contested?.HasAnySet() != true)
        {
            return false;
        }

        var ranks = EffectiveRoster.Ranks(difference.Persons, verdict.Persons);
        var losers = ranks.Where((rank, row) => selection.Contested[row] && verdict.Persons[rank] == Fate.AsNow
            && difference.Before.HasPerson(difference.Persons.Before(rank))
            && (!selection.Persons[row] || difference.Before.HasValue(difference.Persons.Before(rank)))).ToList();
        losers.ForEach(rank => verdict.Persons[rank] = Fate.AsBefore);
        return losers.Count > 0;
    }

    /// <summary>
    /// Whom the feed would not have chosen in the earlier roster either is refused by settings that have changed since: that is no reason to go. Whom
    /// it would have chosen gives way to somebody in tonight's roster, and the target would refuse both.
    /// </summary>
    private static void Keep(BitArray selection, BitArray before, int[] kept)
    {
        for (var row = 0; row < kept.Length; row++)
        {
            selection[row] |= kept[row] >= 0 && !before[kept[row]];
        }
    }
}
