using System.Globalization;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Surveying;

/// <summary>Counts what a pull has, value by value.</summary>
internal sealed class SurveyTables(SourceData data)
{
    private const string None = "(none)";

    /// <summary>By name of what is counted; those that settings can name are called as their vocabulary.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> All() => new Dictionary<string, IReadOnlyDictionary<string, int>>
    {
        [nameof(Vocabularies.UnitTypes)] = Count(data.Units, data.Vocabularies.UnitTypes, row => data.Units[row].Type),
        ["Municipalities"] = Sorted(Current(data.Units).Select(row => Code(data.Units[row].Municipality))),
        [nameof(Vocabularies.SchoolTypes)] = Sorted(Current(data.Units).SelectMany(row => SchoolTypes(data.Units[row].SchoolTypes))),
        [nameof(Vocabularies.GroupTypes)] = Count(data.Groups, data.Vocabularies.GroupTypes, row => data.Groups[row].Type),
        [nameof(Vocabularies.DutyRoles)] = Count(data.Duties, data.Vocabularies.DutyRoles, row => data.Duties[row].Role),
        [nameof(Vocabularies.Relations)] = Sorted(data.Responsibles.Rows.ToArray().Select(row => data.Vocabularies.Relations.Values[row.Relation]).Select(Named)),
    };

    public IReadOnlyList<SurveyShare> Shares()
    {
        var placements = data.SchoolPlacements.Rows.ToArray();
        return
        [
            OfPersons("persons with an e-mail", row =>
                !(data.Persons[row].Texts is var texts && texts.StudentEmail.IsEmpty && texts.StaffEmail.IsEmpty && texts.PrivateEmail.IsEmpty)),
            OfPersons("persons with a login (EPPN)", row => !data.Persons[row].Texts.PrincipalName.IsEmpty),
            OfPersons("persons with a security marking of their own", row => data.Persons[row].OwnMarking != Marking.Absent),
            OfPersons("persons who are protected", row => data.ProtectedIds.Contains(data.Persons.Id(row))),
            new("enrolments with a start date", placements.Count(row => row.Start.IsDay), placements.Length),
            new("enrolments with an end date", placements.Count(row => row.End.IsDay), placements.Length),
            new("units with a school unit code", Current(data.Units).Count(row => !data.Units[row].SchoolUnitCode.IsEmpty), data.Units.Distinct),
            NoUuids("persons", data.Persons),
            NoUuids("units", data.Units),
            NoUuids("groups", data.Groups),
        ];
    }

    public static IReadOnlyDictionary<string, int> Sorted(IEnumerable<string> values) =>
        new SortedDictionary<string, int>(values.GroupBy(value => value).ToDictionary(same => same.Key, same => same.Count()), StringComparer.Ordinal);

    private static SurveyShare NoUuids<T>(string what, EntityTable<T> table)
        where T : unmanaged =>
        new($"{what} whose id is no uuid", Current(table).Count(row => table.Id(row).IsText), table.Distinct);

    private SurveyShare OfPersons(string what, Func<int, bool> has) => new(what, Current(data.Persons).Count(has), data.Persons.Distinct);

    private static IReadOnlyDictionary<string, int> Count<T>(EntityTable<T> table, Vocabulary vocabulary, Func<int, byte> number)
        where T : unmanaged
    {
        var values = vocabulary.Values;
        return Sorted(Current(table).Select(row => Named(values[number(row)])));
    }

    private static IEnumerable<int> Current<T>(EntityTable<T> table)
        where T : unmanaged => Enumerable.Range(0, table.Count).Where(table.IsCurrent);

    private IEnumerable<string> SchoolTypes(ulong set) => set == 0
        ? [None]
        : data.Vocabularies.SchoolTypes.Values.Index().Where(type => (SchoolTypeSet.Of((byte)type.Index) & set) != 0).Select(type => type.Item);

    private static string Code(short municipality) => municipality < 0 ? None : municipality.ToString("0000", CultureInfo.InvariantCulture);

    private static string Named(string value) => value.Length == 0 ? None : value;
}
