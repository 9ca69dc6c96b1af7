using System.Collections;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>An earlier roster without those who have become protected since: what is known now counts, not then. Nobody comes with it.</summary>
internal static class LeavingRoster
{
    /// <param name="protectedIds">Sorted.</param>
    /// <param name="keysOnly">Who goes with them, sorted.</param>
    public static Roster Of(Roster earlier, ReadOnlySpan<EntityId> protectedIds, ReadOnlySpan<EntityId> keysOnly)
    {
        var nobody = Schools(earlier);
        nobody.Protected.Add(protectedIds);
        nobody.KeysOnly.Add(keysOnly);
        var difference = RosterDifference.Between(earlier, All(earlier), nobody, All(nobody));
        return EffectiveRoster.Of(difference, Guard.KeepAll(difference));
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
