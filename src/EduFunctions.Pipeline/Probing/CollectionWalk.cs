using System.Text.Json;
using EduFunctions.Pipeline.Systems.Ss12000;

namespace EduFunctions.Pipeline.Probing;

/// <summary>Reads a collection page after page as a pull would, and notes how it goes instead of giving up.</summary>
internal sealed class CollectionWalk(ProbeCalls calls, ProbeLimits limits)
{
    /// <param name="facts">Gets the rows; null when they are known already.</param>
    public async Task<CollectionReading> ReadAsync(string collection, int limit, RowFacts? facts, CancellationToken ct)
    {
        var reading = new CollectionReading(collection, limit);
        var tokens = new HashSet<string>(StringComparer.Ordinal);
        var last = default(UInt128?);
        var next = "";
        while (true)
        {
            var answer = await calls.GetAsync($"{collection}?limit={limit}{next}", ct);
            if (Read(answer, reading) is not { } page)
            {
                return reading;
            }

            if (page.Rows > 0 && last == page.RowsHash)
            {
                reading.End = ReadingEnd.Circle;
                return reading;
            }

            last = page.RowsHash;
            Add(reading, answer.Json, facts);
            if (NextOf(reading, page) is not { } following)
            {
                reading.End = ReadingEnd.Whole;
                return reading;
            }

            next = following;
            if (!tokens.Add(next) || reading.Pages.Count >= limits.PagesPerReading)
            {
                reading.End = reading.Pages.Count >= limits.PagesPerReading ? ReadingEnd.Cut : ReadingEnd.Circle;
                return reading;
            }
        }
    }

    /// <summary>The page as the source of the nights reads it; null, with the reason noted, when it is none.</summary>
    private static PageBody? Read(ProbeAnswer answer, CollectionReading reading)
    {
        (reading.Status, reading.IsUnasked) = (answer.Status, answer.IsUnasked);
        if (!answer.IsGood || answer.IsHiddenError)
        {
            (reading.End, reading.Problem) = (ReadingEnd.Broken, answer.IsHiddenError ? "an error within a 200" : answer.Told);
            return null;
        }

        try
        {
            var page = PageBody.Parse(answer.Body.Span, new CollectionIds());
            if (page.Error is not null)
            {
                (reading.End, reading.Problem) = (ReadingEnd.Broken, "an error within a 200");
                return null;
            }

            reading.IsBare |= page.IsBare;
            return page;
        }
        catch (PageFailedException e)
        {
            (reading.End, reading.Problem) = (ReadingEnd.Unclear, e.Message);
            return null;
        }
    }

    private static void Add(CollectionReading reading, JsonElement body, RowFacts? facts)
    {
        var rows = body.ValueKind == JsonValueKind.Array ? body
            : body.EnumerateObject().Last(member => member.NameEquals("data") && member.Value.ValueKind == JsonValueKind.Array).Value;
        reading.Pages.Add(rows.GetArrayLength());
        foreach (var row in rows.EnumerateArray())
        {
            reading.Ids.Add(RowPath.Id(row) ?? "");
            if (row.ValueKind == JsonValueKind.Object)
            {
                facts?.Add(reading.Collection, row);
            }
        }
    }

    /// <summary>How the next page is asked for: by its token, or, of bare lists, by the rows that came.</summary>
    private static string? NextOf(CollectionReading reading, PageBody page)
    {
        reading.Token ??= page.Next;
        return page.Next is { } token ? $"&pageToken={Uri.EscapeDataString(token)}"
            : page is { IsBare: true, Rows: > 0 } ? $"&offset={reading.Ids.Count}"
            : null;
    }
}
