using System.Collections;
using System.Text;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Guards;

/// <summary>A feed of everybody, night after night through guard and effective roster: what its target then holds.</summary>
internal sealed class SketchNights
{
    private readonly GuardSettings _settings;
    private DateOnly _date;
    private Roster _roster;
    private FeedSelection _selection;

    public SketchNights(RosterSketch first, GuardSettings? settings = null, DateOnly? date = null)
        : this(first.Build(), settings, date)
    {
    }

    public SketchNights(Roster first, GuardSettings? settings = null, DateOnly? date = null)
    {
        (_settings, _date, _roster) = (settings ?? new GuardSettings(), date ?? new DateOnly(2026, 9, 1), first);
        _selection = All(_roster);
    }

    public IReadOnlySet<string> Target => Content(_roster);

    /// <summary>The ids of the students of a school that the target holds.</summary>
    public HashSet<int> PupilsOf(int school, RosterSketch everybody)
    {
        var ids = _roster.Persons.Rows.ToArray().Select(person => person.Id).ToHashSet();
        return [.. everybody.Persons.Where(person => person.IsPupil() && person.SchoolOf() == school && ids.Contains(RosterSketch.Id('p', person.Id))).Select(person => person.Id)];
    }

    /// <summary>Those of a town whom the target holds in all their roles.</summary>
    public HashSet<int> Has(RosterSketch town)
    {
        var roles = _roster.Persons.Rows.ToArray().ToDictionary(row => row.Id, row => row.Roles);
        return [.. town.Persons.Where(person => roles.TryGetValue(RosterSketch.Id('p', person.Id), out var held) && (held & person.Roles) == person.Roles).Select(person => person.Id)];
    }

    /// <summary>The night of some day, with other limits for it alone when they are given.</summary>
    public Verdict On(DateOnly date, RosterSketch town, GuardSettings? settings = null)
    {
        _date = date.AddDays(-1);
        return Next(town.Build(), isReleased: false, [], settings);
    }

    /// <param name="absent">Numbers of schools that could not be pulled.</param>
    public Verdict Next(RosterSketch town, bool isReleased = false, params int[] absent) =>
        Next(town.Build(), isReleased, absent);

    public Verdict Next(Roster now, bool isReleased = false, params int[] absent) => Next(now, isReleased, absent, null);

    private Verdict Next(Roster now, bool isReleased, int[] absent, GuardSettings? settings)
    {
        _date = _date.AddDays(1);
        var difference = RosterDifference.Between(_roster, _selection, now, All(now));
        var verdict = Guard.Judge(
            difference, (settings ?? _settings).On(_date), Absences.None, $"{_date:O}", isReleased, [.. absent.Select(school => RosterSketch.Id('u', school).ToString())], _date);
        Take(verdict.KeepsNothing ? now : EffectiveRoster.Of(difference, verdict), verdict);
        return verdict;
    }

    /// <summary>The next night, and an operator approves at once what it holds.</summary>
    /// <returns>What was held.</returns>
    public IReadOnlyList<Hold> NextApproved(RosterSketch town, DateOnly on) => NextApproved(town.Build(), on);

    /// <inheritdoc cref="NextApproved(RosterSketch, DateOnly)"/>
    public IReadOnlyList<Hold> NextApproved(Roster town, DateOnly on)
    {
        _date = on.AddDays(-1);
        var (date, roster, selection) = (_date, _roster, _selection);
        var holds = Next(town).Holds;
        if (holds.Count > 0)
        {
            (_date, _roster, _selection) = (date, roster, selection);
            Next(town, isReleased: true);
        }

        return holds;
    }

    /// <summary>An operator refuses the plan of the last night.</summary>
    public void Refuse()
    {
        var same = RosterDifference.Between(_roster, _selection, _roster, _selection);
        var verdict = Arrivals.TakeBack(same);
        Take(EffectiveRoster.Of(same, verdict), verdict);
    }

    public static IReadOnlySet<string> Content(Roster roster)
    {
        var content = NightInMemory.Everything(roster);
        foreach (var person in roster.Persons.Rows)
        {
            content.Add($"{person.Id} is {Encoding.UTF8.GetString(roster[person.Texts.GivenName])} {Encoding.UTF8.GetString(roster[person.Texts.StudentEmail])}");
        }

        foreach (var section in roster.Sections.Rows)
        {
            content.Add($"{section.Id} is {Encoding.UTF8.GetString(roster[section.Name])} at {roster.Units[section.Unit].Id}");
        }

        return content;
    }

    private void Take(Roster roster, Verdict verdict) =>
        (_roster, _selection) = (roster, All(roster) with { Movements = verdict.Movements, Arrivals = verdict.Arrivals });

    private static FeedSelection All(Roster roster) =>
        new(new BitArray(roster.Persons.Count, true), new BitArray(roster.Sections.Count, true), new FindingLog());
}
