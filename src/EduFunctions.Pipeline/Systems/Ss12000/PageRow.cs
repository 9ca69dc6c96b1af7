using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>One row of a stored page: where it stands, and what it says of itself.</summary>
/// <param name="Id">None for a row that says none.</param>
/// <param name="Modified">Null where it does not say when it was changed, or not in which time zone.</param>
/// <param name="IsCompleted">Whether a pull of changes has added to it what the row before had (<see cref="WholeRows"/>).</param>
internal readonly partial record struct PageRow(int Start, int Length, EntityId Id, DateTimeOffset? Modified, bool IsCompleted)
{
    private delegate T RowReader<T>(ref Utf8JsonReader json);

    /// <summary>The rows of a page that was proven to be valid when it was stored.</summary>
    /// <param name="body">Without a byte order mark.</param>
    public static List<PageRow> AllOf(ReadOnlySpan<byte> body) => Read(body, ReadRow, static (row, start, end) => row with { Start = start, Length = end - start });

    /// <summary>Only where each row lies, and its id; of one that it has twice the last.</summary>
    /// <inheritdoc cref="AllOf"/>
    public static List<(EntityId Id, Range Row)> IdsOf(ReadOnlySpan<byte> body) => Read(body, ReadId, static (id, start, end) => (id, start..end));

    private static List<T> Read<TRow, T>(ReadOnlySpan<byte> body, RowReader<TRow> read, Func<TRow, int, int, T> place)
    {
        var rows = new List<T>();
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = PageBody.MaxDepth });
        json.Read();
        if (json.TokenType == JsonTokenType.StartArray)
        {
            ReadItems(ref json, rows, read, place);
            return rows;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isData = JsonText.Of(ref json, out _).SequenceEqual("data"u8);
            json.Read();
            if (isData && json.TokenType == JsonTokenType.StartArray)
            {
                ReadItems(ref json, rows, read, place);
            }
            else
            {
                json.Skip();
            }
        }

        return rows;
    }

    private static void ReadItems<TRow, T>(ref Utf8JsonReader json, List<T> rows, RowReader<TRow> read, Func<TRow, int, int, T> place)
    {
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var (start, row) = ((int)json.TokenStartIndex, default(TRow)!);
            if (json.TokenType == JsonTokenType.StartObject)
            {
                row = read(ref json);
            }
            else
            {
                json.Skip();
            }

            rows.Add(place(row, start, (int)json.BytesConsumed));
        }
    }

    private static EntityId ReadId(ref Utf8JsonReader json)
    {
        var id = default(EntityId);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isId = JsonText.Of(ref json, out _).SequenceEqual("id"u8);
            json.Read();
            if (isId)
            {
                id = json.TokenType is JsonTokenType.String or JsonTokenType.Number && IdText.TryParse(JsonText.Of(ref json, out _), out var own) ? own : default;
            }

            json.Skip();
        }

        return id;
    }

    private static PageRow ReadRow(ref Utf8JsonReader json)
    {
        var row = default(PageRow);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Of(ref json, out _);
            var (isId, isMeta) = (name.SequenceEqual("id"u8), name.SequenceEqual("meta"u8));
            row = name.SequenceEqual(WholeRows.Mark) ? row with { IsCompleted = true } : row;
            json.Read();
            if (isId && json.TokenType == JsonTokenType.String && IdText.TryParse(JsonText.Of(ref json, out _), out var own))
            {
                row = row with { Id = own };
            }
            else if (isMeta && json.TokenType == JsonTokenType.StartObject)
            {
                row = row with { Modified = ReadModified(ref json) };
            }
            else
            {
                json.Skip();
            }
        }

        return row;
    }

    private static DateTimeOffset? ReadModified(ref Utf8JsonReader json)
    {
        DateTimeOffset? modified = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isModified = JsonText.Of(ref json, out _).SequenceEqual("modified"u8);
            json.Read();
            if (isModified && json.TokenType == JsonTokenType.String)
            {
                modified = Moment(Encoding.UTF8.GetString(JsonText.Of(ref json, out _)));
            }

            json.Skip();
        }

        return modified;
    }

    /// <summary>Without a zone a time is none: it may be hours from what is meant.</summary>
    private static DateTimeOffset? Moment(string text) =>
        Zone().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment : null;

    [GeneratedRegex(@"T.*(Z|z|[+-]\d\d:?\d\d)$")]
    private static partial Regex Zone();
}
