using System.Collections;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>The roster and the part of it that a feed gets after a verdict.</summary>
internal sealed record EffectiveFeed(Roster Roster, FeedSelection Selection, bool IsTonights)
{
    /// <param name="chosen">The feed's choice of tonight's roster.</param>
    public static EffectiveFeed Of(RosterDifference difference, Verdict verdict, FeedSelection chosen, Func<Roster, FeedSelection> choose)
    {
        if (verdict.KeepsNothing)
        {
            return new EffectiveFeed(difference.Now.Roster, chosen, IsTonights: true);
        }

        var roster = EffectiveRoster.Of(difference, verdict);
        var (selection, before) = (choose(roster), choose(difference.Before.Roster));
        Keep(selection.Persons, before.Persons, EffectiveRoster.Kept(difference.Persons, verdict.Persons));
        Keep(selection.Sections, before.Sections, EffectiveRoster.Kept(difference.Sections, verdict.Sections));
        return new EffectiveFeed(roster, selection, IsTonights: false);
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
