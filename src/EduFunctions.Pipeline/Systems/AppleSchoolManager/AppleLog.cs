using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;
using CsvHelper.Configuration;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>
/// The activity log as an administrator downloads it: lines of name and value, then sections, each behind its own header. Nothing but ids and Apple's own words
/// is taken from it.
/// </summary>
internal static partial class AppleLog
{
    private const string OperationStatus = "operation_status";
    private const string Reason = "operation_substatus";
    private const string TimeStamp = "timestamp";

    private static readonly string[] Unfinished = ["IN_PROGRESS", "PENDING", "PROCESSING", "QUEUED", "RUNNING", "STARTED"];

    private static readonly string[] Ids = ["person_id", "class_id", "location_id", "course_id", "roster_id"];

    public static TargetLog Read(Stream content)
    {
        var text = Unescaped(new StreamReader(content).ReadToEnd());
        using var csv = new CsvParser(
            new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = null, IgnoreBlankLines = true, Delimiter = SeparatorOf(text) });
        var facts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var rows = new Dictionary<(string Kind, string Id), (LoggedRow Row, DateTimeOffset At)>();
        var unread = 0;
        string[]? header = null;
        while (csv.Read())
        {
            var values = csv.Record!;
            if (values.Any(value => value.Trim().Equals(OperationStatus, StringComparison.OrdinalIgnoreCase)))
            {
                header = [.. values.Select(name => name.Trim().ToLowerInvariant())];
            }
            else if (header is not null)
            {
                unread += IsNoted(rows, header, values) || values.All(string.IsNullOrWhiteSpace) ? 0 : 1;
            }
            else if (values.Length > 1)
            {
                facts[values[0].Trim()] = values[1].Trim();
            }
        }

        return facts.ContainsKey("OPERATION") && facts.GetValueOrDefault("STATUS") is { } status
            ? Unfinished.Contains(status, StringComparer.OrdinalIgnoreCase) ? throw new FormatException($"it is of an upload that has not ended yet ({status}): download it again when it has")
            : new TargetLog(
                facts.GetValueOrDefault("ACTIVITY_ID"), Instant(facts.GetValueOrDefault("ENDED AT")), Words(status, facts.GetValueOrDefault("SUB_STATUS")),
                [.. rows.Values.Select(row => row.Row)])
            {
                IsAllRefused = !IsTaken(status),
                Unread = unread,
                TellsOfErrors = facts.GetValueOrDefault("SUB_STATUS")?.Contains("ERROR", StringComparison.OrdinalIgnoreCase) == true,
            }
            : throw new FormatException("it does not begin as an activity log of Apple School Manager does: OPERATION and STATUS are missing");
    }

    /// <summary>A record may have several rows; the latest counts.</summary>
    /// <returns>Whether it could be read of what record the row is, and what became of that.</returns>
    private static bool IsNoted(Dictionary<(string Kind, string Id), (LoggedRow Row, DateTimeOffset At)> rows, string[] header, string[] values)
    {
        var kind = header.FirstOrDefault(IsId) ?? header.FirstOrDefault(name => name.EndsWith("_id", StringComparison.Ordinal)) ?? header[0];
        if (Value(kind) is not { Length: > 0 } id || Value(OperationStatus) is not { } status || !Word().IsMatch(status))
        {
            return false;
        }

        var isRefused = !status.StartsWith("SUCCESS", StringComparison.OrdinalIgnoreCase) && !status.StartsWith("SKIP", StringComparison.OrdinalIgnoreCase);
        var row = new LoggedRow(kind, Ours(id), Value(Reason) is { Length: > 0 } reason ? reason : status, isRefused);
        var at = Instant(Value(TimeStamp)) ?? DateTimeOffset.MinValue;
        var key = (row.Kind, row.Id.ToUpperInvariant());
        if (!rows.TryGetValue(key, out var before) || before.At <= at)
        {
            rows[key] = (row, at);
        }

        return true;

        string Value(string column) => Array.IndexOf(header, column) is >= 0 and var at && at < values.Length ? values[at].Trim() : "";
    }

    /// <summary>Apple writes a backslash before quotes within quotes, where others double them. A mark of byte order may stand before any section of joined files.</summary>
    private static string Unescaped(string text) =>
        Escaped().Replace(text.Replace("\uFEFF", "", StringComparison.Ordinal), found => found.Value[1] == '"' ? "\"\"" : found.Value[1..]);

    private static bool IsId(string column) => Ids.Contains(column.Trim(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whatever is no known word for an end that is good is a refusal: what is not read as one would be believed to be there.</summary>
    private static bool IsTaken(string status) => status.StartsWith("COMPLETE", StringComparison.OrdinalIgnoreCase) || status.StartsWith("SUCCESS", StringComparison.OrdinalIgnoreCase);

    /// <summary>A spreadsheet that has saved it puts its own between the values: a semicolon in most of Europe.</summary>
    private static string SeparatorOf(string text)
    {
        var names = Separated().Match(text);
        return names.Success ? names.Groups[1].Value : ",";
    }

    [GeneratedRegex(@"^""?(?:OPERATION|ACTIVITY_ID|STATUS)""?([,;\t])", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separated();

    [GeneratedRegex(@"\\[""\\]")]
    private static partial Regex Escaped();

    /// <summary>What became of a record is said in a word: anything else stands in a column where it does not belong.</summary>
    [GeneratedRegex(@"^[A-Za-z]+(?:[_ -][A-Za-z]+)*$")]
    private static partial Regex Word();

    /// <summary>Apple knows no case in ids; uuids are written as ours are.</summary>
    private static string Ours(string id) => Guid.TryParseExact(id, "D", out var uuid) ? uuid.ToString() : id;

    private static string Words(string status, string? further) => string.IsNullOrEmpty(further) ? status : $"{status}, {further}";

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}
