using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>A little every night, within the limits each time: from the second night on it is held together with the first.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class DripTests
{
    private static readonly DateOnly FirstNight = new(2026, 10, 1);
    private static readonly RosterSketch Town = SketchTown.Of(1, 100);

    private static readonly Dictionary<string, (HoldCode Code, RowKind Kind, Func<int, RosterSketch> Night)> Drips = new(StringComparer.Ordinal)
    {
        ["ten pupils gone"] = (HoldCode.Removals, RowKind.Students, night => Town.Without(person => person.IsPupil() && person.Number() < 10 * night)),
        ["twenty other names"] = (HoldCode.Changes, RowKind.Students, night => Pupils(20 * night, pupil => pupil with { Name = $"{pupil.Name} Other{pupil.Id}" })),
        ["twenty without mail"] = (HoldCode.Changes, RowKind.Students, night => Pupils(20 * night, pupil => pupil with { Email = "" })),
        ["twenty of another school year"] = (HoldCode.Changes, RowKind.Students, night => Pupils(20 * night, pupil => pupil with { SchoolYear = 7 })),
        ["five ids handed to others"] = (HoldCode.Column, RowKind.Students, night =>
            Pupils((6 * night) - 1, pupil => pupil with { Name = $"Other{pupil.Id}", Email = $"o{pupil.Id}@elev.example", Login = $"o{pupil.Id}@id.example" })),
        ["ten memberships gone"] = (HoldCode.Removals, RowKind.Memberships, night =>
            Town.Sections(section => [section with { Members = [.. section.Members.Where(person => person % 100 >= 10 * night)] }])),
        ["forty memberships more"] = (HoldCode.Additions, RowKind.Memberships, night =>
            Town.Sections(section => [section.Id < 2 * night ? section with { Members = [.. section.Members.Union(Enumerable.Range(section.Id * 20 % 100, 20))] } : section])),
        ["five classes without teachers"] = (HoldCode.Changes, RowKind.Sections, night =>
            Town.Sections(section => [section.Id % 1000 < 5 * night ? section with { Teachers = [] } : section])),
        ["three teachers who are pupils"] = (HoldCode.Removals, RowKind.Staff, night => Town.Changing(
            person => person.IsTeacher() && person.Number() < 3 * night, teacher => teacher with { Roles = Roles.Student, StudentUnits = teacher.StaffUnits, StaffUnits = [] })),
        ["three teachers who are guardians only"] = (HoldCode.Removals, RowKind.Staff, night => Town.Changing(
            person => person.IsTeacher() && person.Number() < 3 * night, teacher => teacher with { Roles = Roles.Guardian, Students = [0], StaffUnits = [] })),
        ["ten guardians without their children"] = (HoldCode.Column, RowKind.Guardians, night => Town.Changing(
            person => person.IsGuardian() && person.Number() < 10 * night, guardian => guardian with { Students = [99] })),
        ["twenty strangers"] = (HoldCode.Additions, RowKind.Students, night => Strangers(20 * night)),
        ["two who are there already"] = (HoldCode.Doubles, RowKind.Students, night => Town.Doubled(person => person.IsPupil() && person.Number() < 2 * night)),
    };

    public static TheoryData<string> Names => [.. Drips.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_held_from_the_second_night_on(string drip)
    {
        var (code, kind, night) = Drips[drip];
        var nights = new SketchNights(Town, date: FirstNight);

        Assert.Empty(nights.Next(night(1)).Holds);
        var delivered = nights.Target;
        for (var number = 2; number < 5; number++)
        {
            Assert.Contains(nights.Next(night(number)).Holds, hold => hold.Code == code && hold.Kind == kind && (number > 2 || hold.Earlier > 0));
            Assert.True(nights.Target.SetEquals(delivered), string.Join('\n', nights.Target.Except(delivered).Concat(delivered.Except(nights.Target)).Take(5)));
        }
    }

    /// <summary>What a day with other limits, a night of another date or one without a window does: it forgets nothing.</summary>
    [Theory]
    [InlineData("a day with other limits")]
    [InlineData("a night in the past")]
    [InlineData("a clock ahead")]
    [InlineData("no window for a night")]
    public void A_strange_night_forgets_nothing(string strange)
    {
        var window = new RolloverWindow { From = "10-03", To = "10-03", MaxRemovedPercent = 60 };
        var settings = strange == "a day with other limits" ? new GuardSettings { RolloverWindows = [window] } : new GuardSettings();
        var nights = new SketchNights(Town, settings, FirstNight);
        Assert.Empty(nights.On(new DateOnly(2026, 10, 2), Gone(10)).Holds);

        nights.On(strange switch { "a night in the past" => new DateOnly(2026, 5, 1), "a clock ahead" => new DateOnly(2027, 10, 3), _ => new DateOnly(2026, 10, 3) }, Gone(10),
            strange == "no window for a night" ? settings with { WindowDays = 0 } : settings);
        var next = nights.On(new DateOnly(2026, 10, 4), Gone(20));

        Assert.Contains(next.Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 20, Earlier: 10 });
    }

    [Fact]
    public void A_window_with_the_limits_of_every_day_counts_with_every_day()
    {
        var nights = new SketchNights(Town, new GuardSettings { RolloverWindows = [new RolloverWindow { From = "10-03", To = "10-03", MaxRemovedPercent = 10 }] }, FirstNight);
        nights.On(new DateOnly(2026, 10, 2), Gone(10));

        Assert.Contains(nights.On(new DateOnly(2026, 10, 3), Gone(20)).Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Earlier: 10 });
    }

    [Fact]
    public void A_clock_that_stays_ahead_is_believed_in_the_end()
    {
        var nights = new SketchNights(Town, date: FirstNight);
        nights.On(new DateOnly(2026, 10, 2), Gone(10));

        for (var night = 1; night <= 3; night++)
        {
            nights.On(new DateOnly(2027, 10, night), Gone(10));
        }

        Assert.Empty(nights.On(new DateOnly(2026, 10, 5), Gone(20)).Holds);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(40)]
    public void Days_in_which_many_may_go_count_among_themselves_only(int later)
    {
        var settings = new GuardSettings { RolloverWindows = [new RolloverWindow { From = "10-02", To = "10-03", MaxRemovedPercent = 60 }] };
        var nights = new SketchNights(Town, settings, FirstNight);
        nights.On(new DateOnly(2026, 10, 2), Gone(40));

        var second = nights.On(new DateOnly(2026, 10, 3), Gone(40 + later));

        Assert.Equal(later == 40, second.Holds.Any(hold => hold.Kind == RowKind.Students));
        Assert.DoesNotContain(nights.On(new DateOnly(2026, 10, 4), Gone(40 + (later == 40 ? 0 : later) + 4)).Holds, hold => hold.Kind == RowKind.Students);
    }

    [Fact]
    public void Ten_newly_protected_every_night_are_told_from_the_second_on()
    {
        var nights = new SketchNights(Town, date: FirstNight);

        var first = nights.Next(Protected(10));
        var second = nights.Next(Protected(20));

        Assert.Empty(first.Notices);
        Assert.Contains(second.Notices, notice => notice.Code == NoticeCode.ManyProtected && notice.Message.Contains("10 of them tonight", StringComparison.Ordinal));
        Assert.Equal(80, nights.PupilsOf(0, Town).Count);
    }

    private static RosterSketch Gone(int pupils) => Town.Without(person => person.IsPupil() && person.Number() < pupils);

    private static RosterSketch Pupils(int number, Func<SketchPerson, SketchPerson> change) => Town.Changing(person => person.IsPupil() && person.Number() < number, change);

    private static RosterSketch Strangers(int number) => Town.Persons(person => person.IsPupil() && person.Number() < number
        ? [person, person with { Id = person.Id + 500, Name = $"Stranger{person.Id}", Email = "", Login = "" }] : [person]);

    private static RosterSketch Protected(int number)
    {
        var gone = Gone(number);
        return new RosterSketch { Units = gone.Units, Persons = gone.Persons, Sections = gone.Sections, Protected = [.. Enumerable.Range(0, number)] };
    }
}
