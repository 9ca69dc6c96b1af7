using EduFunctions.Pipeline.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>
/// Nights in which a source is broken, one a row: what is held, that the target then holds what it held before, and that nothing has to be done by hand when
/// the source is mended.
/// </summary>
[Trait(Level.Name, Level.Fast)]
public sealed class HeldNightsTests
{
    public static TheoryData<string, int, int, bool> Table
    {
        get
        {
            var table = new TheoryData<string, int, int, bool>();
            foreach (var night in BrokenNights.All.Keys)
            {
                table.Add(night, 1, 60, true);
                table.Add(night, 3, 100, false);
                table.Add(night, 3, 100, true);
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void It_is_held_and_mended_without_hand_work(string night, int schools, int pupils, bool isEverywhere)
    {
        var town = SketchTown.Of(schools, pupils);
        var broken = BrokenNights.All[night];
        AssertHeld(town, broken.Break(town, person => isEverywhere || person.SchoolOf() == 0), broken.Code, broken.Kind, new GuardSettings());
    }

    [Theory]
    [InlineData(8, 9, 1)]
    [InlineData(60, 9, 5)]
    [InlineData(60, 30, 1)]
    public void Whole_schools_do_not_vanish(int schools, int pupils, int gone) => AssertHeld(
        SketchTown.Of(schools, pupils, teachers: 2, classes: 2),
        SketchTown.Of(schools, pupils, teachers: 2, classes: 2).Without(person => person.SchoolOf() < gone && person.IsPupil()),
        HoldCode.Removals, RowKind.Students, new GuardSettings());

    [Theory]
    [InlineData(10, 9)]
    [InlineData(10, 10)]
    [InlineData(5, 3)]
    public void A_small_school_does_not_lose_most(int pupils, int gone) => AssertHeld(
        SketchTown.Of(3, pupils), SketchTown.Of(3, pupils).Without(person => person.SchoolOf() == 0 && person.IsPupil() && person.Number() < gone),
        HoldCode.Removals, RowKind.Students, new GuardSettings());

    [Fact]
    public void Nine_schools_of_two_do_not_vanish_beside_a_large_one()
    {
        var town = SketchTown.Of(10, 300).Without(person => person.SchoolOf() > 0 && (!person.IsPupil() || person.Number() > 1))
            .Sections(section => section.Unit > 0 ? [] : [section]);

        AssertHeld(town, town.Without(person => person.SchoolOf() > 0), HoldCode.Removals, RowKind.Students, new GuardSettings());
    }

    [Fact]
    public void Pupils_who_are_merged_into_another_school_under_new_ids_and_names_wait_there()
    {
        var town = SketchTown.Of(2, 100);
        var merged = Renamed(town, pupil => pupil.SchoolOf() == 0 && pupil.Number() < 20, pupil => pupil with { StudentUnits = [(0, 1, "a")] });

        AssertHeld(town, merged, HoldCode.OtherHalf, RowKind.Students, new GuardSettings());
    }

    [Fact]
    public void A_few_of_every_school_under_new_ids_and_names_wait_together()
    {
        var town = SketchTown.Of(20, 30);

        AssertHeld(town, Renamed(town, pupil => pupil.Number() < 7, pupil => pupil), HoldCode.OtherHalf, RowKind.Students, new GuardSettings());
    }

    [Fact]
    public void Two_schools_do_not_come_a_second_time_under_another_school()
    {
        var town = SketchTown.Of(5, 100);
        var twice = town.Persons(person => person.IsPupil() && person.SchoolOf() < 2
            ? [person, person with { Id = person.Id + 500_000, StudentUnits = [(0, town.Units[^1], "a")] }] : [person]);

        AssertHeld(town, twice, HoldCode.Doubles, RowKind.Students, new GuardSettings());
    }

    [Theory]
    [InlineData(40)]
    [InlineData(100)]
    public void Half_of_a_school_does_not_come_twice(int pupils)
    {
        var town = SketchTown.Of(1, pupils);

        AssertHeld(town, town.Doubled(person => person.IsPupil() && person.Number() % 2 == 0), HoldCode.Doubles, RowKind.Students, new GuardSettings());
    }

    /// <summary>One class is fewer than may go, and all that the pupils of a school are in.</summary>
    [Fact]
    public void A_school_does_not_lose_the_class_that_everybody_is_in()
    {
        var town = SketchTown.Of(3, 60, teachers: 2, classes: 6);
        var crowded = town.Sections(section => [section with
        {
            Members = section.Id % 10_000 > 0 ? [] : [.. town.Persons.Where(person => person.IsPupil() && person.SchoolOf() == section.Unit).Select(person => person.Id)],
        }]);

        AssertHeld(crowded, crowded.Sections(section => section.Id == 0 ? [] : [section]), HoldCode.Removals, RowKind.Memberships, new GuardSettings());
    }

    /// <summary>Of one or two of a kind all are too many, and of three or more all but one.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(3, 3)]
    public void The_last_of_a_kind_do_not_go(int count, int gone)
    {
        (RowKind Kind, Predicate<SketchPerson> IsMeant)[] kinds =
            [(RowKind.Staff, SketchTown.IsTeacher), (RowKind.Students, SketchTown.IsPupil)];
        foreach (var (kind, isMeant) in kinds)
        {
            var town = SketchTown.Of(3, 60).Without(person => person.SchoolOf() == 0 && isMeant(person) && person.Number() >= count);
            AssertHeld(
                town, town.Without(person => person.SchoolOf() == 0 && isMeant(person) && person.Number() < gone), HoldCode.Removals, kind, new GuardSettings(),
                isWhole: kind != RowKind.Students);
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void One_of_a_few_goes(int count)
    {
        var town = SketchTown.Of(3, 60).Without(person => person.SchoolOf() == 0 && person.IsTeacher() && person.Number() >= count);

        Assert.Empty(new SketchNights(town).Next(town.Without(person => person.SchoolOf() == 0 && person.IsTeacher() && person.Number() == 0)).Holds);
    }

    [Theory]
    [InlineData(20, 7)]
    [InlineData(5, 12)]
    public void School_years_do_not_vanish_and_do_not_go_back(int pupils, int year)
    {
        var town = SketchTown.Of(2, pupils).Changing(SketchTown.IsPupil, pupil => pupil with { SchoolYear = year });

        foreach (var wrong in (int[])[-1, 1, year + 2])
        {
            AssertHeld(
                town, town.Changing(person => person.IsPupil() && person.SchoolOf() == 0, pupil => pupil with { SchoolYear = wrong }), HoldCode.Column, RowKind.Students,
                new GuardSettings());
        }

        Assert.Empty(new SketchNights(town).Next(town.Changing(person => person.IsPupil() && person.SchoolOf() == 0, pupil => pupil with { SchoolYear = year + 1 })).Holds);
    }

    [Theory]
    [InlineData("names, mail and login of the neighbour")]
    [InlineData("a fifth of the ids handed to others")]
    [InlineData("most without mail")]
    [InlineData("no given names")]
    public void A_window_in_which_everybody_may_change_still_looks_at_columns(string night)
    {
        var town = SketchTown.Of(1, 100);
        var window = new RolloverWindow { From = "07-15", To = "09-15", MaxRemovedPercent = 60, MaxChangedPercent = 100, MaxRekeyedPercent = 100 };

        AssertHeld(town, BrokenNights.All[night].Break(town, _ => true), HoldCode.Column, RowKind.Students, new GuardSettings { RolloverWindows = [window] });
    }

    [Theory]
    [InlineData("names, mail and login of the neighbour", HoldCode.Column)]
    [InlineData("most without mail", HoldCode.Column)]
    [InlineData("classes without pupils", HoldCode.Removals)]
    [InlineData("classes without teachers", HoldCode.Column)]
    [InlineData("guardians gone", HoldCode.Removals)]
    public void A_school_of_ten_is_held_too(string night, HoldCode code)
    {
        var town = SketchTown.Of(2, 10, teachers: 3, classes: 5);
        var nights = new SketchNights(town);
        var before = nights.Target;

        var verdict = nights.Next(BrokenNights.All[night].Break(town, person => person.SchoolOf() == 0));

        Assert.Contains(verdict.Holds, hold => hold.Code == code);
        Assert.Equal(before, nights.Target);
    }

    /// <summary>The change of school years as the documentation has it: the wide limits look for changed ids all the same.</summary>
    [Theory]
    [InlineData("pupils under new ids", HoldCode.IdsChanged)]
    [InlineData("half of the pupils under new ids, others gone", HoldCode.IdsChanged)]
    [InlineData("everybody twice", HoldCode.Additions)]
    [InlineData("all pupils gone", HoldCode.Removals)]
    public void A_window_switches_no_detector_off(string night, HoldCode code)
    {
        var town = SketchTown.Of(2, 80);
        var window = new RolloverWindow { From = "07-15", To = "09-15", MaxRemovedPercent = 60, MaxChangedPercent = 100 };
        AssertHeld(town, BrokenNights.All[night].Break(town, _ => true), code, RowKind.Students, new GuardSettings { RolloverWindows = [window] }, isWhole: code != HoldCode.IdsChanged);
    }

    [Fact]
    public void A_school_that_was_not_pulled_keeps_everybody()
    {
        var town = SketchTown.Of(3, 60);
        var nights = new SketchNights(town);

        var verdict = nights.Next(town.Without(person => person.SchoolOf() == 1 && person.IsPupil() && person.Number() < 3), absent: 1);

        Assert.Contains(verdict.Holds, hold => hold is { Code: HoldCode.SchoolAbsent, Kind: RowKind.Students, Count: 3 });
        Assert.Equal(SketchNights.Content(town.Build()), nights.Target);
    }

    /// <summary>What comes beside what is held may be as wrong: a refusal takes it back, and so nothing of the night is left.</summary>
    [Fact]
    public void Refused_what_came_beside_it_is_taken_back()
    {
        var town = SketchTown.Of(5, 100);
        var nights = new SketchNights(town);
        static RosterSketch Wrong(RosterSketch town, Func<int, bool> isMeant) => town.Persons(
            person => isMeant(person.SchoolOf()) && person.IsPupil() && person.Number() < 5
                ? [person, person with { Id = person.Id + 900, Name = $"Wrong {person.Id}", Email = "", Login = "" }] : [person]);
        var broken = Wrong(town, _ => true).Without(person => person.SchoolOf() == 0 && person.IsPupil() && person.Number() is >= 60 and < 100);

        nights.Next(broken);
        var second = nights.Next(broken);
        Assert.Equal(5, second.Arrivals.Count);
        Assert.Equal(SketchNights.Content(Wrong(town, _ => true).Build()), nights.Target);
        nights.Refuse();

        Assert.Equal(SketchNights.Content(Wrong(town, school => school > 0).Build()), nights.Target);
        Assert.Empty(nights.Next(town).Holds);
        Assert.Equal(SketchNights.Content(town.Build()), nights.Target);
    }

    private static RosterSketch Renamed(RosterSketch town, Func<SketchPerson, bool> isMeant, Func<SketchPerson, SketchPerson> change) => town.Rekeyed(
        person => person.IsPupil() && isMeant(person), pupil => change(pupil) with { Name = $"Other {pupil.Id}", Email = "", Login = "" });

    private static void AssertHeld(RosterSketch town, RosterSketch broken, HoldCode code, RowKind kind, GuardSettings settings, bool isWhole = true)
    {
        var nights = new SketchNights(town, settings, new DateOnly(2026, 8, 20));
        var before = nights.Target;

        var verdict = nights.Next(broken);

        Assert.Contains(verdict.Holds, hold => hold.Code == code && hold.Kind == kind);
        Assert.True(!isWhole || nights.Target.SetEquals(before), $"{string.Join('\n', nights.Target.Except(before).Take(5))} came, gone are {string.Join('\n', before.Except(nights.Target).Take(5))}");
        var mended = nights.Next(town);
        Assert.Empty(mended.Holds);
        Assert.Equal(before, nights.Target);
    }
}
