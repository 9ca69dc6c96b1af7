using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>Names that were damaged and are right now are no change that anybody has to look at, however many they are.</summary>
internal sealed class MendedTexts : IDetector
{
    public void Judge(GuardedNight night)
    {
        Settle(night.Persons, rank => IsMendedPerson(night.Difference, rank));
        Settle(night.Sections, rank => IsMendedSection(night.Difference, rank));
    }

    private static void Settle(GuardedRows rows, Predicate<int> isMended)
    {
        foreach (var rank in rows.Moving)
        {
            rows.IsSettled[rank] |= rows[rank].Change == Change.Changed && isMended(rank);
        }
    }

    /// <summary>Of the names one is mended and none is another.</summary>
    private static bool IsMendedPerson(RosterDifference difference, int rank)
    {
        var (before, now) = (difference.Before.Roster, difference.Now.Roster);
        var (was, becomes) = (before.Persons[difference.Persons.Before(rank)].Texts, now.Persons[difference.Persons.Now(rank)].Texts);
        return IsMended(before, was.GivenName, now, becomes.GivenName) ? IsSameOrMended(before, was.FamilyName, now, becomes.FamilyName)
            : IsMended(before, was.FamilyName, now, becomes.FamilyName) && IsSameOrMended(before, was.GivenName, now, becomes.GivenName);
    }

    private static bool IsMendedSection(RosterDifference difference, int rank)
    {
        var (before, now) = (difference.Before.Roster, difference.Now.Roster);
        return IsMended(before, before.Sections[difference.Sections.Before(rank)].Name, now, now.Sections[difference.Sections.Now(rank)].Name);
    }

    private static bool IsSameOrMended(Roster before, Text was, Roster now, Text becomes) =>
        before[was].SequenceEqual(now[becomes]) || IsMended(before, was, now, becomes);

    private static bool IsMended(Roster before, Text was, Roster now, Text becomes) => TextDamages.IsMended(before[was], now[becomes]);
}
