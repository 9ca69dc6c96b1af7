using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Findings;

/// <summary>The findings of a run by school, for the registrars who can correct them. Holds ids, and names of schools only.</summary>
public sealed record FindingReport(string Tenant, string Run, IReadOnlyList<SchoolFindings> Schools)
{
    private const int MostEntities = 1000;

    public static FindingReport Of(string tenant, string run, SourceData data)
    {
        var schools = new SchoolsOf(data);
        var rows =
            from code in data.Findings.Rows
            from row in code.Value
            from unit in schools.Of(row)
            group (Code: code.Key, Row: row) by unit into school
            orderby school.Key < 0 ? 0 : 1, school.Key < 0 ? default : data.Units.Id(school.Key)
            select School(data, school.Key, school);
        return new FindingReport(tenant, run, [.. rows]);
    }

    private static SchoolFindings School(SourceData data, int unit, IEnumerable<(string Code, FindingRow Row)> rows) => new(
        unit < 0 ? null : data.Units.Id(unit).ToString(),
        unit < 0 ? null : data.Texts.ToString(data.Units[unit].Name),
        [.. rows.GroupBy(row => row.Code, row => row.Row).OrderBy(code => code.Key, StringComparer.Ordinal).Select(code => Kind(data, code.Key, [.. code]))]);

    private static FindingKind Kind(SourceData data, string code, IReadOnlyList<FindingRow> rows) => new(
        code,
        rows.Count,
        FindingAdvice.For(code),
        [.. rows.Where(row => IsNameable(data, row.Entity)).Distinct().OrderBy(row => row.Entity).ThenBy(row => row.RefersTo).Take(MostEntities)
            .Select(row => new FoundEntity(row.Kind, row.Entity.ToString(), IsNameable(data, row.RefersTo) ? row.RefersTo.ToString() : null))]);

    private static bool IsNameable(SourceData data, EntityId id) => !id.IsNone && !data.ProtectedIds.Contains(id);
}

/// <param name="Unit">Null for what belongs to no school.</param>
public sealed record SchoolFindings(string? Unit, string? Name, IReadOnlyList<FindingKind> Findings);

/// <param name="Count">All of them, also those that may not be named.</param>
/// <param name="Correct">What to correct, and where.</param>
public sealed record FindingKind(string Code, int Count, string Correct, IReadOnlyList<FoundEntity> Entities);

public sealed record FoundEntity(EntityKind Kind, string Id, string? RefersTo);
