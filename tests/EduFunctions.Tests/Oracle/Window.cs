using System.Globalization;
using System.Text.Json.Nodes;

namespace EduFunctions.Tests.Oracle;

/// <summary>The two date windows around today, moved outwards by the margin.</summary>
internal sealed class Window(DateOnly today, int margin)
{
    /// <summary>Must have a start.</summary>
    public bool Strict(JsonObject entity) => entity["startDate"] is not null && Open(entity);

    /// <summary>May lack a start. A value that is no date compares false, and so fails.</summary>
    public bool Open(JsonObject entity) =>
        (entity["startDate"] is null || Day(entity["startDate"]) < today.AddDays(margin))
        && (entity["endDate"] is null || Day(entity["endDate"]) > today.AddDays(-margin));

    public static DateOnly? Day(JsonNode? value) =>
        DateOnly.TryParseExact(value.AsText(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
