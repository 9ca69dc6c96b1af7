using System.Text.Json.Serialization;

namespace EduFunctions.Pipeline.Listing;

/// <summary>What stands behind a number of a run: ids with their school, no names of people.</summary>
/// <param name="Rows">By school, code, kind and id.</param>
public sealed record RunList(string Tenant, string Run, string List, IReadOnlyList<ListedRow> Rows)
{
    /// <summary>Who is left out, by rule.</summary>
    public const string LeftOut = "left-out";

    /// <summary>What registrars can correct.</summary>
    public const string Findings = "findings";

    /// <summary>What a feed's plan changes, and what of it waits.</summary>
    public const string Plan = "plan";

    public static IReadOnlyList<string> All { get; } = [LeftOut, Findings, Plan];

    /// <summary>Those of one code, school or kind; null for any.</summary>
    public RunList Of(string? code, string? school, string? kind = null) => this with
    {
        Rows = [.. Rows.Where(row => (code is null || row.Code == code) && (school is null || row.School == school) && (kind is null || IsOfKind(row.Kind, kind)))],
    };

    /// <summary>Whether that is what is asked for: one of something, or several.</summary>
    internal static bool IsOfKind(string kind, string asked) => kind == asked || $"{kind}s" == asked || kind == $"{asked}s";

    internal static RunList Sorted(string tenant, string run, string list, IEnumerable<ListedRow> rows) => new(
        tenant, run, list,
        [.. rows.Distinct()
            .OrderBy(row => row.SchoolName, StringComparer.Ordinal).ThenBy(row => row.School, StringComparer.Ordinal).ThenBy(row => row.Code, StringComparer.Ordinal)
            .ThenBy(row => row.Kind, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal).ThenBy(row => row.RefersTo, StringComparer.Ordinal)
            .ThenBy(row => row.Property, StringComparer.Ordinal)]);
}

/// <param name="Code">Of the rule or finding; of a plan <c>added</c>, <c>changed</c>, <c>removed</c>, or why it waits.</param>
/// <param name="Kind">What the id is one of, such as <c>student</c> or <c>group</c>.</param>
/// <param name="Id">Null for what has none.</param>
/// <param name="RefersTo">The other id of a reference, or the section of a membership.</param>
/// <param name="School">Null for what belongs to none.</param>
public sealed record ListedRow(string Code, string Kind, string? Id, string? RefersTo, string? School, string? SchoolName)
{
    /// <summary>Of a finding: where in what has the id it stands, in the words of the source's form; null where the code says it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Property { get; init; }

    /// <summary>Of a plan: what of the row is not as it was; null in other lists, and where there is nothing to tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChangedColumn>? Columns { get; init; }
}
