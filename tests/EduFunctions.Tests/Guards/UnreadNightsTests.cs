using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Tests.Harness;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>Nights that are broken and not understood together: the less is understood, the more stays.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class UnreadNightsTests
{
    private readonly RosterSketch _town = SketchTown.Of(2, 15);

    [Theory]
    [InlineData(6)]
    [InlineData(9)]
    [InlineData(11)]
    public void Who_is_held_with_those_of_whom_less_is_understood_in_the_next_night_stays_held(int unread)
    {
        var nights = new SketchNights(_town);
        nights.Next(_town.Without(IsLeaving));
        var worse = _town.Without(person => IsLeaving(person) && person.Number() >= unread).Unread(person => IsLeaving(person) && person.Number() < unread);

        for (var night = 0; night < 2; night++)
        {
            var held = nights.Next(worse).Holds.Single(hold => hold.Code == HoldCode.Removals && hold is { Kind: RowKind.Students, School: not null });

            Assert.Equal((12, unread), (held.Count, held.NotUnderstood));
            Assert.Contains($"With {unread} of them nobody can tell", held.Message, StringComparison.Ordinal);
            Assert.Equal(_town.Persons.Count, nights.Has(_town).Count);
        }

        nights.Next(worse, isReleased: true);
        Assert.Equal(12 - unread, _town.Persons.Count(person => person.IsPupil()) - nights.Has(_town).Count(person => person < 5_000 || person is >= 10_000 and < 15_000));
    }

    [Fact]
    public void Those_that_come_wait_as_long_as_nobody_can_tell_whether_they_are_those_who_have_gone()
    {
        var nights = new SketchNights(_town);
        var other = _town.Rekeyed(person => IsLeaving(person), pupil => pupil with { Name = $"Other {pupil.Id}", Email = "", Login = "" });
        nights.Next(other);
        var worse = other.With(_town, [.. _town.Persons.Where(IsLeaving)], []);

        var verdict = nights.Next(worse);

        Assert.DoesNotContain(verdict.Holds, hold => hold.Code == HoldCode.Removals);
        Assert.Contains(verdict.Holds, hold => hold.Code is HoldCode.OtherHalf or HoldCode.Additions);
        Assert.Equal(15, nights.PupilsOf(0, other).Union(nights.PupilsOf(0, _town)).Count());
    }

    [Property(MaxTest = 300)]
    public void Whatever_stays_when_all_is_understood_stays_when_less_is(int seed)
    {
        var random = new Random(seed);
        var town = SketchTown.Of(3, random.Next(4, 45), random.Next(1, 12), random.Next(1, 8));
        var now = SmallFaults.In(random.Next(2) == 0 ? Broken(town, random) : town, random);
        var (clear, worse) = (new SketchNights(town), new SketchNights(town));
        var first = clear.Target;
        var share = random.Next(1, 4);
        var unread = town.Persons.Where(_ => random.Next(4) < share).ToList();
        var sections = town.Sections.Where(_ => random.Next(8) < share).ToList();
        var ids = unread.Select(person => person.Id).Concat(sections.Select(section => -section.Id - 1)).ToHashSet();

        clear.Next(now);
        worse.Next(now.Without(person => ids.Contains(person.Id)).Sections(section => ids.Contains(-section.Id - 1) ? [] : [section]).With(town, unread, sections));

        Assert.Empty(first.Intersect(clear.Target).Except(worse.Target));
    }

    [Fact]
    public void The_new_row_of_somebody_may_be_one_that_was_not_understood_the_night_after()
    {
        var nights = new SketchNights(_town);
        var renamed = _town.Rekeyed(person => person.IsPupil());
        nights.Next(renamed);

        foreach (var night in new[] { renamed.Unread(IsFew), renamed.Unread(IsFew), renamed.Build() })
        {
            nights.Next(night);
            Assert.Equal(_town.Persons.Count, nights.Has(_town).Count);
        }

        nights.Next(renamed, isReleased: true);
        Assert.Equal(renamed.Persons.Count, nights.Has(renamed).Count);
    }

    [Fact]
    public void And_in_the_same_night()
    {
        var nights = new SketchNights(_town);
        var verdict = nights.Next(_town.Rekeyed(person => person.IsPupil()).Unread(IsFew));

        Assert.Equal(_town.Persons.Count, nights.Has(_town).Count);
        Assert.Contains(verdict.Holds, hold => hold is { Code: HoldCode.IdsUnread, Kind: RowKind.Students, Count: 3 });
        Assert.Contains(verdict.Holds, hold => hold is { Code: HoldCode.IdsChanged, Kind: RowKind.Students });
    }

    [Fact]
    public void Three_alone_stay_until_they_are_understood_or_let_go()
    {
        var renamed = _town.Rekeyed(person => IsFew(person), pupil => pupil with { Login = "", Email = "" });
        var nights = new SketchNights(_town);
        for (var night = 0; night < 3; night++)
        {
            var hold = Assert.Single(nights.Next(renamed.Unread(IsFew)).Holds);
            Assert.Equal((HoldCode.IdsUnread, 3), (hold.Code, hold.Count));
            Assert.Equal(_town.Persons.Count, nights.Has(_town).Count);
        }

        nights.Next(renamed.Unread(IsFew), isReleased: true);
        Assert.Equal(_town.Persons.Count - 3, nights.Has(_town).Count);
        Assert.Empty(nights.Next(renamed.Unread(IsFew)).Holds);
    }

    [Fact]
    public void Whoever_has_other_names_goes_and_so_does_anybody_where_the_row_was_there_before()
    {
        var stranger = new SketchPerson(900_000, Pipeline.Eligibility.Roles.Student, "Somebody Else", "", true);
        var nobody = stranger with { Name = "" };
        var gone = _town.Without(person => person.Id == 3);
        Roster Beside(RosterSketch now, SketchPerson unread)
        {
            var roster = now.Build();
            roster.Doubts.Add([new DoubtRow(EntityKind.Person, RosterSketch.Id('p', unread.Id))]);
            roster.Unread.Add([new UnreadMark(EntityKind.Person, RosterSketch.Id('p', unread.Id), unread.Name.Length == 0 ? UnreadMarks.Anybody : 17)]);
            return roster;
        }

        Assert.Empty(new SketchNights(_town).Next(Beside(gone, stranger)).Holds);
        Assert.Single(new SketchNights(_town).Next(Beside(gone, nobody)).Holds);
        var nights = new SketchNights(_town);
        nights.Next(Beside(_town, nobody));
        Assert.Empty(nights.Next(Beside(gone, nobody)).Holds);
        Assert.Equal(_town.Persons.Count - 1, nights.Has(_town).Count);
    }

    [Fact]
    public void Classes_under_new_ids_stay_when_their_new_rows_are_not_understood()
    {
        var renamed = _town.Sections(section => [section.Unit == 0 ? section with { Id = section.Id + 500_000 } : section]);
        var nights = new SketchNights(_town);
        nights.Next(renamed);

        nights.Next(renamed.Unread(_ => false, section => section.Id is >= 500_000 and < 500_003));

        Assert.Empty(SketchNights.Content(_town.Build()).Except(nights.Target));
    }

    [Fact]
    public void A_plan_is_the_same_however_often_it_is_made()
    {
        var worse = _town.Rekeyed(person => person.IsPupil()).Unread(IsFew);
        string Hash()
        {
            var (before, selection) = (_town.Build(), _town.Selection());
            var everybody = new FeedSelection(new(worse.Persons.Count, true), new(worse.Sections.Count, true), new FindingLog());
            var judgement = new Judgement(RosterDifference.Between(before, selection, worse, everybody), new GuardSettings(), Absences.None, "tonight", isBaselineLost: false);
            return judgement.Plan(new PlanName("a", "tonight", "feed", "sftp://x", null), _ => []).Hash;
        }

        Assert.Equal(Hash(), Hash());
    }

    private static bool IsLeaving(SketchPerson person) => person.IsPupil() && person.SchoolOf() == 0 && person.Number() < 12;

    private static bool IsFew(SketchPerson person) => person.IsPupil() && person.SchoolOf() == 0 && person.Number() < 3;

    private static RosterSketch Broken(RosterSketch town, Random random)
    {
        var school = random.Next(3);
        return BrokenNights.All.Values.ElementAt(random.Next(BrokenNights.All.Count)).Break(town, person => person.SchoolOf() == school);
    }
}
