using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Tests.Harness;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>Of whom the source was not understood, decided a second time: as few as it can be, since whoever is in doubt cannot leave.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class DoubtedRowsTests
{
    private static readonly EntityKind[] Kinds =
        [EntityKind.Person, EntityKind.Placement, EntityKind.Duty, EntityKind.Unit, EntityKind.Group, EntityKind.Activity, EntityKind.Syllabus];

    [Property(MaxTest = 1000)]
    public void Those_it_may_be_about_and_nobody_else(int seed)
    {
        var random = new Random(seed);
        var before = RosterSketch.Draw(random);
        var now = before.Next(random);
        var tonight = now.Build();
        tonight.Doubts.Add([.. Kinds.Where(_ => random.Next(4) == 0).Select(kind => new DoubtRow(kind, Drawn(kind, random)))]);
        var difference = RosterDifference.Between(before.Build(), before.Selection(), tonight, now.Selection());

        var doubted = DoubtedRows.Of(difference);

        var doubts = tonight.Doubts.Rows.ToArray();
        Assert.Equal(doubts.Length > 0, doubted is not null);
        Assert.Equal(
            People(before, now, doubts).Select(person => RosterSketch.Id('p', person)).Order(),
            Enumerable.Range(0, difference.Persons.Count).Where(rank => doubted?.HasPerson(rank) == true).Select(difference.PersonId).Order());
        Assert.Equal(
            Sections(before, doubts).Select(section => RosterSketch.Id('s', section)).Order(),
            Enumerable.Range(0, difference.Sections.Count).Where(rank => doubted?.HasSection(rank) == true).Select(difference.SectionId).Order());
    }

    [Property(MaxTest = 500)]
    public void Whoever_would_go_stays_when_a_row_is_lost_that_may_be_theirs(int seed)
    {
        var random = new Random(seed);
        var before = RosterSketch.Draw(random);
        var now = before.Next(random);
        var kind = Kinds[random.Next(Kinds.Length)];
        var tonight = now.Build();
        tonight.Doubts.Add(new DoubtRow(kind, default));
        var difference = RosterDifference.Between(before.Build(), before.Selection(), tonight, now.Selection());
        var doubted = DoubtedRows.Of(difference)!;

        for (var rank = 0; rank < difference.Persons.Count; rank++)
        {
            var mayGo = kind is EntityKind.Person or EntityKind.Unit;
            var wasThere = difference.Before.HasPerson(difference.Persons.Before(rank));
            Assert.Equal(wasThere && (doubted.HasPerson(rank) || (difference.PersonRows[rank].Change == Change.Removed && mayGo)), doubted.KeepsPerson(rank));
        }

        for (var rank = 0; rank < difference.Sections.Count; rank++)
        {
            var mayGo = kind is EntityKind.Group or EntityKind.Syllabus or EntityKind.Unit;
            var wasThere = difference.Before.HasSection(difference.Sections.Before(rank));
            Assert.Equal(wasThere && (doubted.HasSection(rank) || (difference.SectionRows[rank].Change == Change.Removed && mayGo)), doubted.KeepsSection(rank));
        }
    }

    private static EntityId Drawn(EntityKind kind, Random random) => random.Next(4) == 0 ? default : kind switch
    {
        EntityKind.Person => RosterSketch.Id('p', random.Next(14)),
        EntityKind.Unit => RosterSketch.Id('u', random.Next(4)),
        EntityKind.Group => RosterSketch.Id('g', random.Next(6)),
        _ => RosterSketch.Id('x', random.Next(3)),
    };

    private static HashSet<int> People(RosterSketch before, RosterSketch now, DoubtRow[] doubts)
    {
        bool Has(EntityKind kind) => doubts.Any(doubt => doubt.Kind == kind);
        bool Names(EntityKind kind, char letter, int id) => doubts.Contains(new DoubtRow(kind, RosterSketch.Id(letter, id)));

        var doubted = before.Persons.Concat(now.Persons).Select(person => person.Id).Where(id => Names(EntityKind.Person, 'p', id)).ToHashSet();
        doubted.UnionWith(before.Persons
            .Where(person => (Has(EntityKind.Placement) && person.StudentUnits.Count > 0) || (Has(EntityKind.Duty) && person.StaffUnits.Count > 0)
                || person.StudentUnits.Concat(person.StaffUnits).Any(place => Names(EntityKind.Unit, 'u', place.Unit)))
            .Select(person => person.Id));

        // A guardian is as doubtful as a student, who may be a guardian as well.
        var students = before.Persons.Where(person => person.StudentUnits.Count > 0).Select(person => person.Id).ToHashSet();
        foreach (var guardian in before.Persons.Where(person => person.Students.Any(student => students.Contains(student) && doubted.Contains(student))))
        {
            doubted.Add(guardian.Id);
        }

        return doubted;
    }

    private static IEnumerable<int> Sections(RosterSketch before, DoubtRow[] doubts) => before.Sections
        .Where(section => doubts.Any(doubt => doubt.Kind == EntityKind.Activity
            || doubt == new DoubtRow(EntityKind.Group, RosterSketch.Id('g', section.Id))
            || doubt == new DoubtRow(EntityKind.Unit, RosterSketch.Id('u', section.Unit))))
        .Select(section => section.Id);
}
