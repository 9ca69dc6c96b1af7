using System.Globalization;
using System.Text.Json;

namespace EduFunctions.Pipeline.Probing;

/// <summary>Asks with filters whose answer is known from the first reading: what does not fit must not come, what fits must.</summary>
internal sealed class FilterQuestions(ProbeCalls calls, ProbedRegister seen)
{
    public const string ModifiedAfter = "filter.modifiedAfter";
    public const string ModifiedBefore = "filter.modifiedBefore";
    public const string CreatedAfter = "filter.createdAfter";
    public const string Values = "filter.values";
    public const string Order = "filter.order";

    private static readonly (string Collection, string Path, string Parameter)[] ByValue =
        [(RowShape.Organisations, "organisationType", "type"), ("groups", "groupType", "groupType"), ("duties", "dutyRole", "dutyRole")];

    public async Task AskAsync(CancellationToken ct)
    {
        foreach (var reading in seen.Firsts.Where(reading => seen.Facts.Changes.ContainsKey(reading.Collection)))
        {
            await AskTimesAsync(reading, seen.Facts.Changes[reading.Collection], ct);
        }

        foreach (var (collection, path, parameter) in ByValue)
        {
            await AskValueAsync(collection, path, parameter, ct);
        }

        // Of rows that were all changed at once any order is right.
        if (seen.Firsts.FirstOrDefault(reading => seen.Facts.Changes.GetValueOrDefault(reading.Collection)?.Distinct().Count() > 1) is { } moving)
        {
            await AskOrderAsync(moving, ct);
        }
    }

    private async Task AskTimesAsync(CollectionReading reading, List<DateTimeOffset> changes, CancellationToken ct)
    {
        var (before, last) = (Second(changes.Min()).AddSeconds(-1), Second(changes.Max()).AddSeconds(1));
        await AskAsync(ModifiedAfter, reading, $"meta.modified.after={Format(last)}", row => RowFacts.Moment(row, "meta.modified") > last, expected: 0, ct);
        await AskAsync(ModifiedAfter, reading, $"meta.modified.after={Format(before)}", row => RowFacts.Moment(row, "meta.modified") > before, changes.Count, ct);
        await AskAsync(ModifiedBefore, reading, $"meta.modified.before={Format(before)}", row => RowFacts.Moment(row, "meta.modified") <= before, expected: 0, ct);
        await AskAsync(CreatedAfter, reading, $"meta.created.after={Format(last)}", row => RowFacts.Moment(row, "meta.created") > last, expected: 0, ct);
    }

    /// <summary>By the rarest value that occurs; when all rows have one, by another of the standard's, which then none has.</summary>
    private async Task AskValueAsync(string collection, string path, string parameter, CancellationToken ct)
    {
        if (seen.First(collection) is not { } reading || seen.Facts.Values.GetValueOrDefault((collection, path)) is not { Count: > 0 } values)
        {
            return;
        }

        var known = RowShape.Of[collection].Words.Single(word => word.Path == path).Known.Values.Where(value => value.Length > 0);
        var (value, expected) = values.Count > 1
            ? values.OrderBy(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => (entry.Key, entry.Value)).First()
            : (known.First(value => !values.ContainsKey(value)), 0);
        await AskAsync(Values, reading, $"{parameter}={Uri.EscapeDataString(value)}", row => RowPath.Values(row, path).Any(found => RowPath.Text(found) == value), expected, ct);
    }

    private async Task AskOrderAsync(CollectionReading reading, CancellationToken ct)
    {
        var answer = await calls.GetAsync($"{reading.Collection}?sortkey=ModifiedDesc&limit={reading.Limit}", ct);
        var changes = RowsOf(answer).Select(row => RowFacts.Moment(row, "meta.modified")).ToList();
        var wrong = changes.Zip(changes.Skip(1)).Count(pair => pair.First < pair.Second);
        seen.Filters.Add(new FilterSeen(Order, $"{reading.Collection}?sortkey", answer.Judged(), 0, changes.Count, wrong));
    }

    private async Task AskAsync(string kind, CollectionReading reading, string query, Func<JsonElement, bool> fits, int expected, CancellationToken ct)
    {
        var answer = await calls.GetAsync($"{reading.Collection}?{query}&limit={reading.Limit}", ct);
        var rows = RowsOf(answer);
        seen.Filters.Add(new FilterSeen(
            kind, $"{reading.Collection}?{query[..query.IndexOf('=', StringComparison.Ordinal)]}", answer.Judged(),
            Math.Min(expected, reading.Pages[0]), rows.Count, rows.Count(row => !fits(row))));
    }

    private static List<JsonElement> RowsOf(ProbeAnswer answer) =>
        !answer.IsGood ? []
        : answer.Json.ValueKind == JsonValueKind.Array ? [.. answer.Json.EnumerateArray()]
        : answer.Json.ValueKind == JsonValueKind.Object && answer.Json.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array ? [.. data.EnumerateArray()]
        : [];

    private static DateTimeOffset Second(DateTimeOffset moment) => new(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerSecond), moment.Offset);

    private static string Format(DateTimeOffset moment) =>
        Uri.EscapeDataString(moment.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
}
