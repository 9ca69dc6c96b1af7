using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Listing;

/// <summary>What registrars can correct, from a run's report (<c>findings.json</c>), row by row. Pure.</summary>
internal static class FindingRows
{
    public static IEnumerable<ListedRow> Of(JsonElement report, Predicate<EntityId> isHidden) =>
        from school in report.GetProperty("schools").EnumerateArray()
        from finding in school.GetProperty("findings").EnumerateArray()
        from entity in finding.GetProperty("entities").EnumerateArray()
        let id = Text(entity, "id")
        let refersTo = Text(entity, "refersTo")
        where !IsHidden(id, isHidden) && !IsHidden(refersTo, isHidden)
        select new ListedRow(Text(finding, "code")!, Text(entity, "kind")!, id, refersTo, Text(school, "unit"), Text(school, "name"))
        {
            Property = entity.TryGetProperty("property", out var property) ? property.GetString() : null,
        };

    private static bool IsHidden(string? text, Predicate<EntityId> isHidden) => text is not null && EntityId.TryFind(text, out var id) && isHidden(id);

    private static string? Text(JsonElement json, string property) => json.GetProperty(property).GetString();
}
