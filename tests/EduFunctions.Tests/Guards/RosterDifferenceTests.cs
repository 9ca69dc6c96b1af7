using EduFunctions.Pipeline.Guards;
using EduFunctions.Tests.Harness;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>The walk over sorted tables against sets of tuples.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RosterDifferenceTests
{
    [Property(MaxTest = 2000)]
    public void Says_the_same_as_sets_of_tuples(int seed)
    {
        var random = new Random(seed);
        var before = RosterSketch.Draw(random);
        var now = before.Next(random);

        var difference = RosterDifference.Between(before.Build(), before.Selection(), now.Build(), now.Selection());

        var expected = NaiveDifference.Of(before, now);
        Assert.Equal(expected.Rows.Order(), Rows(difference).Order());
        Assert.Equal(expected.Counts.OrderBy(entry => entry.Key), Counts(difference).OrderBy(entry => entry.Key));
    }

    [Property(MaxTest = 200)]
    public void A_roster_does_not_differ_from_itself(int seed)
    {
        var sketch = RosterSketch.Draw(new Random(seed));

        var difference = RosterDifference.Between(sketch.Build(), sketch.Selection(), sketch.Build(), sketch.Selection());

        Assert.Empty(Rows(difference));
        Assert.All(ChangeCounts.Kinds, kind => Assert.True(difference.Counts.Total(kind).IsSame));
    }

    [Property(MaxTest = 200)]
    public void Everybody_of_both_is_found_and_nobody_else(int seed)
    {
        var random = new Random(seed);
        var before = RosterSketch.Draw(random);
        var now = before.Next(random);

        var difference = RosterDifference.Between(before.Build(), before.Selection(), now.Build(), now.Selection());

        Assert.Equal(before.Persons.Concat(now.Persons).Select(person => person.Id).Distinct().Count(), difference.Persons.Count);
        Assert.All(Enumerable.Range(0, difference.Persons.Count), rank => Assert.Equal(rank, difference.FindPerson(difference.PersonId(rank))));
        Assert.Equal(-1, difference.FindPerson(RosterSketch.Id('p', 1000)));
        Assert.Equal(-1, difference.FindPerson(default));
    }

    private static IEnumerable<(string Change, string Kind, string Id)> Rows(RosterDifference difference)
    {
        foreach (var rank in difference.PersonRows.Moving.Rows.ToArray())
        {
            var row = difference.PersonRows[rank];
            yield return ($"{row.Change}", $"{row.Kind}", $"{difference.PersonId(rank)}");
        }

        foreach (var rank in difference.SectionRows.Moving.Rows.ToArray())
        {
            yield return ($"{difference.SectionRows[rank].Change}", "Sections", $"{difference.SectionId(rank)}");
        }

        foreach (var row in difference.AddedMembers.Rows.ToArray())
        {
            yield return ("Added", "Memberships", Member(difference.Now, row));
        }

        foreach (var row in difference.RemovedMembers.Rows.ToArray())
        {
            yield return ("Removed", "Memberships", Member(difference.Before, row));
        }
    }

    private static string Member(RosterSide side, int row)
    {
        var member = side.Roster.Members[row];
        return $"{side.Roster.Sections[member.Section].Id} {side.Roster.Persons[member.Person].Id}";
    }

    private static Dictionary<(string Kind, string School), (int Before, int Added, int Changed, int Removed)> Counts(RosterDifference difference)
    {
        var counts = new Dictionary<(string, string), (int, int, int, int)>();
        foreach (var kind in ChangeCounts.Kinds)
        {
            for (var school = 0; school < difference.Counts.Schools; school++)
            {
                var row = difference.Counts[kind, school];
                if (row.Before + row.Added > 0)
                {
                    var unit = difference.UnitId(school);
                    counts.Add(($"{kind}", unit.IsNone ? "" : $"{unit}"), (row.Before, row.Added, row.Changed, row.Removed));
                }
            }
        }

        return counts;
    }
}
