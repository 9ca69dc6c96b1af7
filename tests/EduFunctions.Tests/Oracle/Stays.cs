using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Oracle;

/// <summary>A school placement of a student or a duty of somebody, and why it does not count.</summary>
/// <param name="Unit">The organisation it names.</param>
/// <param name="Units">The eligible units at which it counts.</param>
internal sealed record Stay(string Person, string? Unit, string[] Units, JsonObject Row, string[] Failures)
{
    public bool Passes => Failures.Length == 0;

    public DateOnly Start => Window.Day(Row["startDate"])!.Value;
}

/// <summary>Who goes to school or works where.</summary>
internal sealed class Stays
{
    private readonly Choices _choices;
    private readonly Units _units;
    private readonly Window _window;

    public Stays(PulledSchool pull, Choices choices, Units units, Window window)
    {
        (_choices, _units, _window) = (choices, units, window);
        Enrolments = pull[Collections.Persons]
            .SelectMany(person => person.Value.Objects("enrolments").Select(row => Placement(person.Key, row["enroledAt"].Id(), row)))
            .ToLookup(stay => stay.Person);
        Placements = pull[Collections.Placements].Values
            .Where(row => row["child"].Id() is not null)
            .Select(row => Placement(row["child"].Id()!, row["placedAt"].Id(), row))
            .ToLookup(stay => stay.Person);
        Duties = pull[Collections.Duties]
            .Where(duty => duty.Value["person"].Id() is not null)
            .ToDictionary(duty => duty.Key, duty => Duty(duty.Value));
        DutiesByPerson = Duties.Values.ToLookup(duty => duty.Person);
    }

    public ILookup<string, Stay> Enrolments { get; }

    public ILookup<string, Stay> Placements { get; }

    /// <summary>By the duty's own id.</summary>
    public Dictionary<string, Stay> Duties { get; }

    public ILookup<string, Stay> DutiesByPerson { get; }

    public List<Stay> AtSchool(string person) => [.. Enrolments[person], .. Placements[person]];

    private Stay Placement(string person, string? unit, JsonObject row) =>
        new(person, unit, _units.IsEligible(unit) ? [unit!] : [], row, [.. PlacementFailures(unit, row)]);

    private IEnumerable<string> PlacementFailures(string? unit, JsonObject row)
    {
        if (!_units.IsEligible(unit))
        {
            yield return "placement.unit";
        }

        if (!_window.Strict(row))
        {
            yield return "placement.dates";
        }

        if (row["cancelled"].IsTrue())
        {
            yield return "placement.cancelled";
        }

        if (_choices.SchoolTypes is { Length: > 0 } types && !types.Contains(row.Text("schoolType")))
        {
            yield return "placement.schoolType";
        }
    }

    private Stay Duty(JsonObject row)
    {
        var at = row["dutyAt"].Id();
        var own = _units.IsEligible(at) ? new[] { at! } : [];
        var below = _choices.DutiesAtParents && at is not null ? _units.EligibleBelow(at) : [];
        string[] units = [.. own, .. below];
        return new Stay(row["person"].Id()!, at, units, row, [.. DutyFailures(units, row)]);
    }

    private IEnumerable<string> DutyFailures(string[] units, JsonObject row)
    {
        if (units.Length == 0)
        {
            yield return "duty.unit";
        }

        if (!_window.Strict(row))
        {
            yield return "duty.dates";
        }
    }
}
