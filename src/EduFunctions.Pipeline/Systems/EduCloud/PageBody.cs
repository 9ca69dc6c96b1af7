using System.Text.Json;
using System.Text.Unicode;

namespace EduFunctions.Pipeline.Systems.EduCloud;

/// <summary>What the envelope of an answer says: <c>{"data":[…],"pageToken":"…"}</c>, a bare array from a lookup, or the API's error object.</summary>
/// <param name="Rows">Number of entities.</param>
/// <param name="Next">Token of the next page; null, missing and empty all mean that this is the last.</param>
/// <param name="ErrorCode">The <c>code</c> of an error object; null for a list.</param>
internal sealed record PageBody(int Rows, string? Next, string? ErrorCode)
{
    /// <summary>Walks the whole body, so that a cut or garbled one is noticed before it is stored, and notes the ids on the way.</summary>
    /// <exception cref="PageFailedException">The body is no list and no error.</exception>
    public static PageBody Parse(ReadOnlySpan<byte> body, CollectionIds ids)
    {
        try
        {
            return Utf8.IsValid(body) ? Walk(body, ids) : throw new PageFailedException("the body is not UTF-8");
        }
        catch (JsonException e)
        {
            throw new PageFailedException($"the body is no complete JSON (byte {e.BytePositionInLine} of line {e.LineNumber + 1})");
        }
    }

    private static PageBody Walk(ReadOnlySpan<byte> body, CollectionIds ids)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        var page = json.TokenType switch
        {
            JsonTokenType.StartArray => new PageBody(ReadItems(ref json, ids), null, null),
            JsonTokenType.StartObject => ReadEnvelope(ref json, ids),
            _ => throw new PageFailedException("the body is no JSON object"),
        };

        // Trailing bytes are an error of the reader.
        json.Read();
        return page;
    }

    private static PageBody ReadEnvelope(ref Utf8JsonReader json, CollectionIds ids)
    {
        var (rows, next, error) = (-1, default(string), default(string));
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var (data, token, code) = (json.ValueTextEquals("data"u8), json.ValueTextEquals("pageToken"u8), json.ValueTextEquals("code"u8));
            json.Read();
            if (data && json.TokenType == JsonTokenType.StartArray)
            {
                rows = ReadItems(ref json, ids);
            }
            else
            {
                next = token && json.TokenType == JsonTokenType.String ? json.GetString() : next;
                error = code && json.TokenType == JsonTokenType.String ? json.GetString() : error;
                json.Skip();
            }
        }

        return rows >= 0 ? new PageBody(rows, string.IsNullOrEmpty(next) ? null : next, null)
            : error is not null ? new PageBody(0, null, error)
            : throw new PageFailedException("the body has no data array");
    }

    private static int ReadItems(ref Utf8JsonReader json, CollectionIds ids)
    {
        var items = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            items++;
            ids.Read(ref json);
        }

        return items;
    }
}
