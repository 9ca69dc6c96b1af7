using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>
/// The activity log as an administrator downloads it: lines of name and value, then sections, each behind its own header. Nothing but ids and Apple's own words
/// is taken from it.
/// </summary>
internal static class AppleLog
{
    private const string OperationStatus = "operation_status";
    private const string Reason = "operation_substatus";
    private const string TimeStamp = "timestamp";

    private static readonly string[] Ids = ["person_id", "class_id", "location_id", "course_id", "roster_id"];

    public static TargetLog Read(Stream content)
    {
        using var csv = new CsvParser(new StreamReader(content), new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, IgnoreBlankLines = true });
        var facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var rows = new Dictionary<(string Kind, string Id), (LoggedRow Row, DateTimeOffset At)>();
        string[]? header = null;
        while (csv.Read())
        {
            var values = csv.Record!;
            if (Ids.Contains(values[0], StringComparer.OrdinalIgnoreCase) && values.Contains(OperationStatus, StringComparer.OrdinalIgnoreCase))
            {
                header = [.. values.Select(name => name.Trim().ToLowerInvariant())];
            }
            else if (header is not null)
            {
                Note(rows, header, values);
            }
            else if (values.Length > 1)
            {
                facts[values[0].Trim()] = values[1].Trim();
            }
        }

        return facts.ContainsKey("OPERATION") && facts.GetValueOrDefault("STATUS") is { } status
            ? new TargetLog(
                facts.GetValueOrDefault("ACTIVITY_ID"), Instant(facts.GetValueOrDefault("ENDED AT")), Words(status, facts.GetValueOrDefault("SUB_STATUS")),
                [.. rows.Values.Select(row => row.Row)])
            {
                IsAllRefused = status.StartsWith("FAIL", StringComparison.OrdinalIgnoreCase),
            }
            : throw new FormatException("it does not begin as an activity log of Apple School Manager does: OPERATION and STATUS are missing");
    }

    /// <summary>A record may have several rows; the latest counts.</summary>
    private static void Note(Dictionary<(string Kind, string Id), (LoggedRow Row, DateTimeOffset At)> rows, string[] header, string[] values)
    {
        if (values[0].Length == 0 || Value(OperationStatus) is not { Length: > 0 } status)
        {
            return;
        }

        var row = new LoggedRow(header[0], Ours(values[0]), Value(Reason) is { Length: > 0 } reason ? reason : status, !status.Equals("SUCCESS", StringComparison.OrdinalIgnoreCase));
        var at = Instant(Value(TimeStamp)) ?? DateTimeOffset.MinValue;
        var key = (row.Kind, row.Id.ToUpperInvariant());
        if (!rows.TryGetValue(key, out var before) || before.At <= at)
        {
            rows[key] = (row, at);
        }

        string Value(string column) => Array.IndexOf(header, column) is >= 0 and var at && at < values.Length ? values[at].Trim() : "";
    }

    /// <summary>Apple knows no case in ids; uuids are written as ours are.</summary>
    private static string Ours(string id) => Guid.TryParseExact(id, "D", out var uuid) ? uuid.ToString() : id;

    private static string Words(string status, string? further) => string.IsNullOrEmpty(further) ? status : $"{status}, {further}";

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}
