using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Oracle;

/// <summary>Every organisation, and why it is no school unit to hand on.</summary>
internal sealed class Units
{
    private readonly Dictionary<string, JsonObject> _all;
    private readonly Choices _choices;
    private readonly Window _window;

    public Units(PulledSchool pull, Choices choices, Window window)
    {
        (_all, _choices, _window) = (pull[Collections.Organisations], choices, window);
        Failures = _all.ToDictionary(unit => unit.Key, unit => FailuresOf(unit.Key, unit.Value).ToArray());
        Eligible = [.. Failures.Where(unit => unit.Value.Length == 0).Select(unit => unit.Key)];
    }

    public Dictionary<string, string[]> Failures { get; }

    public HashSet<string> Eligible { get; }

    public bool IsEligible(string? unit) => unit is not null && Eligible.Contains(unit);

    public string NameOf(string unit) => _all[unit].Name();

    /// <summary>The eligible units somewhere below an organisation.</summary>
    public IEnumerable<string> EligibleBelow(string organisation) => Eligible.Where(unit => Ancestors(unit).Contains(organisation));

    private IEnumerable<string> FailuresOf(string id, JsonObject unit)
    {
        if (!_choices.UnitTypes.Contains(unit.Text("organisationType")))
        {
            yield return "unit.type";
        }

        if (!_window.Strict(unit))
        {
            yield return "unit.dates";
        }

        var selection = new Selection(_choices);
        if (!selection.IsActive(unit))
        {
            yield return "unit.active";
        }

        if (!selection.UnitIsToLms(unit))
        {
            yield return "unit.toLms";
        }

        if (_choices.Municipalities is { Length: > 0 } municipalities && !municipalities.Contains(MunicipalityOf(id)))
        {
            yield return "unit.municipality";
        }

        if (_choices.SchoolTypes is { Length: > 0 } types && !unit["schoolTypes"].Texts().Intersect(types).Any())
        {
            yield return "unit.schoolType";
        }
    }

    private string? MunicipalityOf(string id) => Ancestors(id).Prepend(id)
        .Select(organisation => _all.GetValueOrDefault(organisation)?.Text("municipalityCode")?.PadLeft(4, '0'))
        .FirstOrDefault(code => code is not null);

    private List<string> Ancestors(string id)
    {
        var above = new List<string>();
        for (var at = ParentOf(id); at is not null && at != id && !above.Contains(at); at = ParentOf(at))
        {
            above.Add(at);
        }

        return above;
    }

    private string? ParentOf(string id) => _all.GetValueOrDefault(id)?["parentOrganisation"].Id();
}
