using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EduFunctions.Tests.Oracle;

/// <summary>The two date windows around today, moved outwards by the margin.</summary>
internal sealed partial class Window(DateOnly today, int margin)
{
    /// <summary>Must have a start.</summary>
    public bool Strict(JsonObject entity) => entity["startDate"] is not null && Open(entity);

    /// <summary>May lack a start. A value that is no date compares false, and so fails.</summary>
    public bool Open(JsonObject entity) =>
        (entity["startDate"] is null || Day(entity["startDate"]) < today.AddDays(margin))
        && (entity["endDate"] is null || Day(entity["endDate"]) > today.AddDays(-margin));

    /// <summary>The day that is written, whatever time or zone stands behind it.</summary>
    public static DateOnly? Day(JsonNode? value) =>
        Written().Match(value.AsText() ?? "") is { Success: true } written
            && DateOnly.TryParseExact(written.Groups[1].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    [GeneratedRegex(@"^([0-9]{4}-[0-9]{2}-[0-9]{2})([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?)?(Z|z|[-+][0-9]{2}:?[0-9]{2})?\z")]
    private static partial Regex Written();
}
