using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Eligibility;

/// <summary>Asks a night about people and groups of a hand-made world, by label.</summary>
internal static class Asking
{
    /// <summary>What <c>explain</c> says of a role; null for somebody who is no candidate.</summary>
    public static async Task<JsonNode?> RoleAsync(this NightResult night, string label, string role) =>
        (await night.ExplainAsJsonAsync(label))["roles"]!.AsArray().FirstOrDefault(known => (string?)known!["role"] == role);

    /// <summary>The reasons' codes in order, preceded by whether the person has the role: <c>no: placement.dates</c>.</summary>
    public static async Task<string> VerdictAsync(this NightResult night, string label, string role)
    {
        var known = await night.RoleAsync(label, role);
        return known is null ? "no candidate" : $"{(known["eligible"]!.GetValue<bool>() ? "yes" : "no")}: {Codes(known)}".TrimEnd(':', ' ');
    }

    public static Task<string> StudentAsync(this NightResult night, string label) => night.VerdictAsync(label, "student");

    public static Task<string> StaffAsync(this NightResult night, string label) => night.VerdictAsync(label, "staff");

    public static Task<string> GuardianAsync(this NightResult night, string label) => night.VerdictAsync(label, "guardian");

    /// <summary>Which of these pupils are students in the end.</summary>
    public static async Task<IReadOnlyList<string>> StudentsAsync(this NightResult night, params string[] labels)
    {
        var students = new List<string>();
        foreach (var label in labels)
        {
            if ((await night.StudentAsync(label)).StartsWith("yes", StringComparison.Ordinal))
            {
                students.Add(label);
            }
        }

        return students;
    }

    /// <summary>The only reason somebody has in a role.</summary>
    public static async Task<JsonNode> ReasonAsync(this NightResult night, string label, string role) =>
        (await night.RoleAsync(label, role))!["reasons"]!.AsArray().Single()!;

    public static async Task<IReadOnlyList<string>> SectionsAsync(this NightResult night, string label) =>
        [.. (await night.ExplainAsJsonAsync(label))["sections"]!.AsArray().Select(section => (string)section!)];

    public static bool HasFinding(this NightResult night, string code) => night.Run.Findings.Any(finding => finding.Code == code);

    public static int Excluded(this NightResult night, string code) => night.Run.Exclusions!.GetValueOrDefault(code);

    /// <summary>Labels of the units handed on.</summary>
    public static async Task<IReadOnlyList<string>> UnitsAsync(this NightResult night, params string[] labels)
    {
        var ids = (await night.AppleAsync()).Column("locations.csv", "location_id");
        return [.. labels.Where(label => ids.Contains(Ids.Of(label)))];
    }

    /// <summary>The ids in a class of a group that is its own section.</summary>
    public static async Task<IReadOnlyList<string>> MembersAsync(this NightResult night, string group, params string[] labels)
    {
        var rows = (await night.AppleAsync()).Rows("rosters.csv").Where(row => row["class_id"] == Ids.Of(group)).ToList();
        return [.. labels.Where(label => rows.Any(row => row["student_id"] == Ids.Of(label)))];
    }

    /// <summary>Who of these instructs a group that is its own section.</summary>
    public static async Task<IReadOnlyList<string>> InstructorsAsync(this NightResult night, string group, params string[] labels)
    {
        var row = (await night.AppleAsync()).Rows("classes.csv").Single(row => row["class_id"] == Ids.Of(group));
        var ids = row.Where(cell => cell.Key.StartsWith("instructor_id", StringComparison.Ordinal)).Select(cell => cell.Value).ToList();
        return [.. labels.Where(label => ids.Contains(Ids.Of(label)))];
    }

    private static string Codes(JsonNode role) =>
        string.Join(", ", role["reasons"]!.AsArray().Select(reason => (string)reason!["code"]!).Order(StringComparer.Ordinal));
}
