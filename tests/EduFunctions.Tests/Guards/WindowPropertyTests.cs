using System.Collections;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Tests.Harness;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>Whatever leaves and comes back in whatever order, no school loses more than its limit within a fortnight while nobody releases anything.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class WindowPropertyTests
{
    private const int Nights = 25;
    private static readonly DateOnly FirstNight = new(2026, 9, 1);
    private static readonly GuardSettings Settings = new();

    [Property(MaxTest = 60)]
    public void No_school_loses_more_than_its_limit_within_the_window(int seed)
    {
        var random = new Random(seed);
        var everybody = Enumerable.Range(0, 2).SelectMany(unit => Enumerable.Range(unit * 1000, random.Next(12, 120)).Select(id => (Id: id, Unit: unit))).ToList();
        var source = everybody.ToHashSet();
        var (feed, history) = (Feed(Sketch(everybody)), new List<HashSet<(int Id, int Unit)>> { everybody.ToHashSet() });
        for (var night = 1; night <= Nights; night++)
        {
            source.ExceptWith(source.Where(_ => random.Next(14) == 0).ToList());
            source.UnionWith(everybody.Where(pupil => random.Next(30) == 0 && !source.Contains(pupil)).ToList());

            var now = Sketch([.. source.Order()]).Build();
            var difference = RosterDifference.Between(feed.Roster, feed.Selection, now, All(now));
            var verdict = Guard.Judge(difference, Settings, Absences.None, $"run{night}", isReleased: false, today: FirstNight.AddDays(night));
            var roster = EffectiveRoster.Of(difference, verdict);
            feed = (roster, All(roster) with { Movements = verdict.Movements });

            history.Add(PupilsOf(roster, everybody));
            AssertFewHaveGone(history[Math.Max(0, night + 1 - Settings.WindowDays)], history[night]);
        }
    }

    /// <summary>Whatever a source does, twice in one night too: the target is whole again in the night in which the source is, by itself.</summary>
    [Property(MaxTest = 40)]
    public void When_the_source_is_mended_the_target_is_what_it_says(int seed)
    {
        var random = new Random(seed);
        var town = SketchTown.Of(random.Next(1, 4), random.Next(60, 101));
        var nights = new SketchNights(town);
        var events = BrokenNights.All.Values.ToList();
        for (var night = 0; night < 4; night++)
        {
            var broken = town;
            for (var times = random.Next(1, 3); times > 0; times--)
            {
                var school = random.Next(4);
                broken = events[random.Next(events.Count)].Break(broken, person => school == 3 || person.SchoolOf() == school);
            }

            nights.Next(broken);
            Assert.All(Enumerable.Range(0, 3).Select(school => (Before: town.Persons.Count(pupil => pupil.IsPupil() && pupil.SchoolOf() == school), Now: nights.PupilsOf(school, town).Count)),
                school => Assert.True(school.Before - school.Now <= Math.Max(10, school.Before / 10)));
        }

        Assert.Empty(nights.Next(town).Holds);
        Assert.Equal(SketchNights.Content(town.Build()), nights.Target);
    }

    /// <summary>
    /// Every night something else is wrong, for a few or for many, and nobody answers anything: no school loses more of a kind than its limits, wherever the
    /// source has moved them meanwhile, and gets no more than may come, nothing unreadable is sent, and in the night in which the source is mended the target is
    /// what it says.
    /// </summary>
    [Property(MaxTest = 100)]
    public void Whatever_goes_wrong_no_school_loses_more_than_its_limits_and_mended_the_target_is_whole(int seed)
    {
        var random = new Random(seed);
        var (teachers, classes) = (random.Next(1, 13), 2 * random.Next(1, 11));
        var town = SketchTown.Of(3, random.Next(1, 101), teachers, classes);
        var nights = new SketchNights(town);
        var (events, broken) = (BrokenNights.All.Values.ToList(), town);
        for (var night = random.Next(1, Settings.WindowDays - 1); night > 0; night--)
        {
            var school = random.Next(4);
            broken = random.Next(4) > 0 ? SmallFaults.In(random.Next(3) == 0 ? broken : town, random)
                : events[random.Next(events.Count)].Break(town, person => school == 3 || person.SchoolOf() == school);
            nights.Next(broken);
            AssertFewHaveGone(town, nights);
            AssertFewHaveCome(town, nights);
        }

        var mended = nights.Next(town);

        Assert.True(mended.Holds.Count == 0, string.Join('\n', mended.Holds.Select(hold => hold.Message)));
        Assert.Equal(SketchNights.Content(town.Build()), nights.Target);
    }

    private static void AssertFewHaveCome(RosterSketch town, SketchNights nights)
    {
        var pupils = town.Persons.Count(SketchTown.IsPupil);
        var (has, target) = (nights.Has(town), nights.Target);
        var come = target.Count(row => row.StartsWith($"{Roles.Student} ", StringComparison.Ordinal)) - town.Persons.Count(person => person.IsPupil() && has.Contains(person.Id));
        Assert.True(come <= Math.Max(20, pupils / 4), $"{come} have come beside {pupils}.");
        Assert.DoesNotContain(target, row => row.Contains('Ã') || row.Contains('?') || row.Contains('\uFFFD'));
    }

    private static void AssertFewHaveGone(RosterSketch town, SketchNights nights)
    {
        var has = nights.Has(town);
        foreach (var kind in town.Persons.GroupBy(person => (School: person.SchoolOf(), person.Kind)))
        {
            var most = kind.Key.Kind == RoleName.Staff ? 3 : 10;
            var (all, gone) = (kind.Count(), kind.Count(person => !has.Contains(person.Id)));
            Assert.True(gone <= most || gone * 10 <= all, $"{gone} of {all} {kind.Key} have gone.");
            Assert.True(gone < 2 ? all > gone || gone == 0 : gone * 2 <= all, $"{gone} of {all} {kind.Key} have gone.");
        }
    }

    private static void AssertFewHaveGone(HashSet<(int Id, int Unit)> before, HashSet<(int Id, int Unit)> now)
    {
        foreach (var school in before.GroupBy(pupil => pupil.Unit))
        {
            var gone = school.Count(pupil => !now.Contains(pupil));
            Assert.True(gone <= 10 || gone * 10 <= everybodyOf(school.Key), $"{gone} of {school.Count()} have gone.");
        }

        // What left and came back within the window is part of what a share is taken of.
        int everybodyOf(int unit) => before.Union(now).Count(pupil => pupil.Unit == unit);
    }

    private static RosterSketch Sketch(List<(int Id, int Unit)> pupils) => new()
    {
        Units = [0, 1],
        Persons = [.. pupils.Select(pupil => new SketchPerson(pupil.Id, Roles.Student, $"Name{pupil.Id}", "", true) { StudentUnits = [(0, pupil.Unit, "a")] })],
    };

    private static (Roster Roster, FeedSelection Selection) Feed(RosterSketch sketch)
    {
        var roster = sketch.Build();
        return (roster, All(roster));
    }

    private static FeedSelection All(Roster roster) =>
        new(new BitArray(roster.Persons.Count, true), new BitArray(roster.Sections.Count, true), new FindingLog());

    private static HashSet<(int Id, int Unit)> PupilsOf(Roster roster, List<(int Id, int Unit)> everybody)
    {
        var ids = roster.Persons.Rows.ToArray().Select(person => person.Id).ToHashSet();
        return everybody.Where(pupil => ids.Contains(RosterSketch.Id('p', pupil.Id))).ToHashSet();
    }
}
