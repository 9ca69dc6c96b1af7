using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Findings;

/// <summary>The findings of a run by school, for the registrars who can correct them. Holds ids, and names of schools only.</summary>
public sealed record FindingReport(string Tenant, string Run, IReadOnlyList<SchoolFindings> Schools)
{
    private const int MostEntities = 1000;

    public static FindingReport Of(string tenant, string run, SourceData data)
    {
        var schools = new SchoolsOf(data);
        var found = new SortedDictionary<(EntityId School, string Code), List<FindingRow>>(Comparer<(EntityId School, string Code)>.Create(Compare));
        foreach (var (code, rows) in data.Findings.Rows)
        {
            foreach (var row in rows)
            {
                foreach (var unit in schools.Of(row))
                {
                    var key = (unit < 0 ? default : data.Units.Id(unit), code);
                    (found.TryGetValue(key, out var list) ? list : found[key] = []).Add(row);
                }
            }
        }

        return new FindingReport(tenant, run, BySchool(data, found));
    }

    private static int Compare((EntityId School, string Code) left, (EntityId School, string Code) right) =>
        left.School != right.School ? left.School.CompareTo(right.School) : string.CompareOrdinal(left.Code, right.Code);

    private static List<SchoolFindings> BySchool(SourceData data, SortedDictionary<(EntityId School, string Code), List<FindingRow>> found)
    {
        var schools = new List<SchoolFindings>();
        var kinds = new List<FindingKind>();
        var before = default(EntityId?);
        foreach (var ((school, code), rows) in found)
        {
            if (school != before)
            {
                kinds = [];
                before = school;
                schools.Add(new SchoolFindings(
                    school.IsNone ? null : school.ToString(), school.IsNone ? null : data.Texts.ToString(data.Units[data.Units.Find(school)].Name), kinds));
            }

            kinds.Add(Kind(data, code, rows));
        }

        return schools;
    }

    private static FindingKind Kind(SourceData data, string code, List<FindingRow> rows)
    {
        var entities = new List<FoundEntity>();
        var count = rows.Count;
        rows.Sort(static (left, right) =>
            left.Entity != right.Entity ? left.Entity.CompareTo(right.Entity)
            : left.RefersTo != right.RefersTo ? left.RefersTo.CompareTo(right.RefersTo)
            : left.Kind.CompareTo(right.Kind));
        for (var row = 0; row < count && entities.Count < MostEntities; row++)
        {
            var (kind, entity, refersTo) = rows[row];
            if (IsNameable(data, entity) && (row == 0 || rows[row] != rows[row - 1]))
            {
                entities.Add(new FoundEntity(kind, entity.ToString(), IsNameable(data, refersTo) ? refersTo.ToString() : null));
            }
        }

        return new FindingKind(code, count, FindingAdvice.For(code), entities);
    }

    private static bool IsNameable(SourceData data, EntityId id) => !id.IsNone && !data.ProtectedIds.Contains(id);
}

/// <param name="Unit">Null for what belongs to no school.</param>
public sealed record SchoolFindings(string? Unit, string? Name, IReadOnlyList<FindingKind> Findings);

/// <param name="Count">All of them, also those that may not be named.</param>
/// <param name="Correct">What to correct, and where.</param>
public sealed record FindingKind(string Code, int Count, string Correct, IReadOnlyList<FoundEntity> Entities);

public sealed record FoundEntity(EntityKind Kind, string Id, string? RefersTo);
