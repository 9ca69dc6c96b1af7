using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>Which institution a school unit belongs to; several units may be one.</summary>
internal sealed class ImportInstitutions
{
    private readonly Roster _roster;
    private readonly int[] _ofUnit;

    public ImportInstitutions(Roster roster, UniloginImportSettings settings)
    {
        _roster = roster;
        var numbers = new string?[roster.Units.Count];
        for (var unit = 0; unit < numbers.Length; unit++)
        {
            numbers[unit] = NumberOf(roster.Units[unit], settings);
        }

        Numbers = [.. numbers.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        _ofUnit = [.. numbers.Select(number => number is null ? -1 : Numbers.IndexOf(number))];
    }

    public List<string> Numbers { get; }

    /// <summary>Its place in <see cref="Numbers"/>, -1 for a unit without one.</summary>
    public int OfUnit(int unit) => _ofUnit[unit];

    public string Name(int institution) =>
        ImportText.Clean(_roster.Texts.ToString(_roster.Units[Array.IndexOf(_ofUnit, institution)].Name));

    public void Report(FindingLog findings)
    {
        for (var unit = 0; unit < _ofUnit.Length; unit++)
        {
            if (_ofUnit[unit] < 0)
            {
                findings.Add(ImportFindings.InstitutionMissing, EntityKind.Unit, _roster.Units[unit].Id);
            }
        }
    }

    private string? NumberOf(in RosterUnit unit, UniloginImportSettings settings)
    {
        string[] codes = [unit.Id.ToString(), _roster.Texts.ToString(unit.SchoolUnitCode)];
        return codes.Select(code => settings.Institutions.GetValueOrDefault(code)).FirstOrDefault(number => number is not null)
            ?? codes.FirstOrDefault(UniloginImportSettings.IsInstitutionNumber);
    }
}
