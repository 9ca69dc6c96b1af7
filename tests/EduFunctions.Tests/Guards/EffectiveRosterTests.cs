using System.Text;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Tests.Harness;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>What stays, goes and comes, against sets.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class EffectiveRosterTests
{
    [Property(MaxTest = 3000)]
    public void Has_what_the_guard_let_through_and_what_it_kept(int seed)
    {
        var random = new Random(seed);
        var before = RosterSketch.Draw(random);
        var now = before.Next(random);
        var settings = Settings(random);

        var difference = RosterDifference.Between(before.Build(), before.Selection(), now.Build(), now.Selection());
        var verdict = Guard.Judge(difference, settings, Absences.None, "run", isReleased: false);
        var effective = EffectiveRoster.Of(difference, verdict);

        Assert.Equal(NaiveGuard.Effective(before, now, settings).Order(StringComparer.Ordinal), Rows(effective).Order(StringComparer.Ordinal));
        AssertSorted(effective);
        Assert.Empty(effective.Persons.Rows.ToArray().Select(person => person.Id).Intersect(effective.Protected.Rows.ToArray()));
    }

    [Property(MaxTest = 300)]
    public void Approved_it_is_tonights(int seed)
    {
        var random = new Random(seed);
        var before = RosterSketch.Draw(random);
        var now = before.Next(random);

        var difference = RosterDifference.Between(before.Build(), before.Selection(), now.Build(), now.Selection());

        Assert.True(Guard.Judge(difference, Settings(random), Absences.None, "run", isReleased: true).KeepsNothing);
    }

    private static GuardSettings Settings(Random random) => new()
    {
        MinRemoved = random.Next(3),
        MaxRemovedPercent = random.Next(0, 80),
        MinChanged = random.Next(3),
        MaxChangedPercent = random.Next(0, 100),
        MaxRekeyedPercent = 100,
        MinHalved = random.Next(1, 4),
        MinAdded = random.Next(3),
        MaxAddedPercent = random.Next(0, 200),
        MaxColumnPercent = 100,
    };

    private static IEnumerable<string> Rows(Roster roster)
    {
        foreach (var (row, person) in roster.Persons.Rows.ToArray().Index())
        {
            yield return $"p{Number(person.Id)} " + new SketchPerson(Number(person.Id), person.Roles, Text(roster, person.Texts.GivenName), Text(roster, person.Texts.StudentEmail), true)
            {
                StudentUnits = Units(roster, roster.StudentUnits.Rows, row, roster.Vocabulary.SchoolTypes),
                StaffUnits = Units(roster, roster.StaffUnits.Rows, row, roster.Vocabulary.DutyRoles),
                Students = [.. roster.Guardianships.Rows.ToArray().Where(pair => pair.Guardian == row).Select(pair => Number(roster.Persons[pair.Student].Id))],
            }.Values;
        }

        foreach (var (row, section) in roster.Sections.Rows.ToArray().Index())
        {
            var members = roster.Members.Rows.ToArray().Where(member => member.Section == row).Select(member => Number(roster.Persons[member.Person].Id));
            yield return $"s{Number(section.Id)} " + new SketchSection(
                Number(section.Id), Number(roster.Units[section.Unit].Id), Text(roster, section.Name), roster.Vocabulary.GroupTypes[section.GroupType], true)
            {
                Teachers = [.. roster.Teachers.Rows.ToArray().Where(teacher => teacher.Section == row).Select(teacher => Number(roster.Persons[teacher.Person].Id))],
            }.Values + $" {string.Join(',', members.Order())}";
        }
    }

    private static List<(int Start, int Unit, string Kind)> Units(Roster roster, Span<PersonUnit> rows, int person, IReadOnlyList<string> words) =>
        [.. rows.ToArray().Where(row => row.Person == person).Select(row => (row.Start.ToDate().DayNumber - 1000, Number(roster.Units[row.Unit].Id), words[row.Kind]))];

    private static void AssertSorted(Roster roster)
    {
        AssertRising(roster.Units.Rows.ToArray().Select(row => row.Id));
        AssertRising(roster.Persons.Rows.ToArray().Select(row => row.Id));
        AssertRising(roster.Sections.Rows.ToArray().Select(row => row.Id));
        AssertRising(roster.Members.Rows.ToArray().Select(row => (row.Section, row.Person)));
        AssertRising(roster.Teachers.Rows.ToArray().Select(row => (row.Section, row.Person)));
        AssertRising(roster.Guardianships.Rows.ToArray().Select(row => (row.Guardian, row.Student)));
    }

    private static void AssertRising<T>(IEnumerable<T> values) => Assert.Equal(values.Distinct().Order(), values);

    private static int Number(EduFunctions.Pipeline.Model.EntityId id) => (int)(id.Low & 0xFFFF_FFFF);

    private static string Text(Roster roster, EduFunctions.Pipeline.Model.Text text) => Encoding.UTF8.GetString(roster[text]);
}
