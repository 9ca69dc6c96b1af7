using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What rests at the target and is to be deleted for good tonight, of a kind as the target calls it.</summary>
/// <param name="Of">How many of the kind the target may have, in use or resting.</param>
/// <param name="Ids">Of all of them, in order. Who is protected, or would be recognised as somebody who is, goes without being named here.</param>
public sealed record PlannedDeletions(string Kind, bool ArePeople, int Of, IReadOnlyList<string> Ids)
{
    /// <summary>Those that the target was told to delete before, without having said that they are gone: they are not let through anew. Null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Again { get; init; }

    /// <summary>How many go that nobody has let through yet.</summary>
    internal int New => Ids.Count - (Again?.Count ?? 0);
}

/// <summary>
/// Deletions for good, judged by the limits of removals over all schools: a clock that goes wrong, a setting that was lowered and a freeze that ends bring too
/// many at once. They wait together, and nothing waits with them.
/// </summary>
internal static class Deletions
{
    public static IReadOnlyList<PlannedDeletions> Of(IEnumerable<DueRows> due) =>
    [
        .. due.Where(rows => rows.Rows.Count > 0).OrderBy(rows => rows.Kind, StringComparer.Ordinal).Select(rows => new PlannedDeletions(
            rows.Kind, rows.ArePeople, rows.Of, [.. rows.Rows.Select(row => row.Id).Order(StringComparer.Ordinal)])
        {
            Again = rows.Rows.Where(row => row.IsAgain).Select(row => row.Id).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } again ? again : null,
        }),
    ];

    /// <summary>Null where they pass.</summary>
    public static Hold? Judge(IReadOnlyList<PlannedDeletions> planned, GuardSettings settings)
    {
        var limit = Limit.Removals(settings);
        return planned.Any(IsTooMuch)
            ? new Hold(HoldCode.Deletions, null, null, planned.Sum(rows => rows.New), planned.Sum(rows => rows.Of), limit.PercentOfTenant)
            : null;

        bool IsTooMuch(PlannedDeletions rows)
        {
            var kind = rows.ArePeople ? RowKind.Students : RowKind.Sections;
            return rows.New > 0 && (limit.IsPassedByAll(kind, rows.New, rows.Of) || limit.IsPassedBySchool(kind, rows.New, rows.Of));
        }
    }
}
