using System.IO.Hashing;
using System.Text.Json;
using System.Text.Unicode;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What the envelope of an answer says: <c>{"data":[…],"pageToken":"…"}</c>, a bare array from a lookup, or the API's error object.</summary>
/// <param name="Rows">Number of entities.</param>
/// <param name="RowsHash">Of the entities alone: a page that comes again under a new token is known by it.</param>
/// <param name="Next">Token of the next page; null, missing and empty all mean that this is the last.</param>
/// <param name="ErrorCode">The <c>code</c> of an error object, as it may be shown and whatever else it holds; null for a list.</param>
internal sealed record PageBody(int Rows, UInt128 RowsHash, string? Next, string? ErrorCode)
{
    /// <summary>Whether it is a list without an envelope, as look-ups alone answer: one that does not say whether there is another page.</summary>
    public bool IsBare { get; private init; }

    /// <summary>What went wrong, in a clause, when the answer says so: by its code, or by a member of another name.</summary>
    public string? Error { get; private init; }

    /// <summary>Objects and arrays within each other, as the standard's own are far from having.</summary>
    public const int MaxDepth = 64;

    /// <summary>Walks the whole body, so that a cut or garbled one is noticed before it is stored, and notes the ids on the way.</summary>
    /// <exception cref="PageFailedException">The body is no list and no error, or does not say clearly where the next page is.</exception>
    public static PageBody Parse(ReadOnlySpan<byte> body, CollectionIds ids)
    {
        body = JsonText.WithoutMark(body);
        try
        {
            return Utf8.IsValid(body) ? Walk(body, ids) : throw new PageFailedException("the body is not UTF-8");
        }
        catch (JsonException e)
        {
            throw new PageFailedException(IsTooDeep(body)
                ? $"the body is nested more than {MaxDepth} deep"
                : $"the body is no complete JSON (byte {e.BytePositionInLine} of line {e.LineNumber + 1})");
        }
    }

    private static PageBody Walk(ReadOnlySpan<byte> body, CollectionIds ids)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
        json.Read();
        var page = json.TokenType switch
        {
            JsonTokenType.StartArray => new PageBody(ReadItems(ref json, ids), XxHash128.HashToUInt128(body), null, null) { IsBare = true },
            JsonTokenType.StartObject => ReadEnvelope(ref json, body, ids),
            _ => throw new PageFailedException("the body is no JSON object"),
        };

        // Trailing bytes are an error of the reader.
        json.Read();
        return page;
    }

    private static PageBody ReadEnvelope(ref Utf8JsonReader json, ReadOnlySpan<byte> body, CollectionIds ids)
    {
        var (rows, hash) = (-1, default(UInt128));
        var envelope = new PageEnvelope(ids.Silent);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonText.Of(ref json, out _);
            json.Read();
            if (ids is DeletedIds deleted && name.SequenceEqual("data"u8))
            {
                var start = (int)json.TokenStartIndex;
                rows = Math.Max(rows, 0) + deleted.ReadCollections(ref json);
                hash = XxHash128.HashToUInt128(body[start..(int)json.BytesConsumed]);
            }
            else if (name.SequenceEqual("data"u8) && json.TokenType == JsonTokenType.StartArray)
            {
                var start = (int)json.TokenStartIndex;
                rows = Math.Max(rows, 0) + ReadItems(ref json, ids);
                hash = XxHash128.HashToUInt128(body[start..(int)json.BytesConsumed]);
            }
            else if (name.SequenceEqual(PersonLookup.Unasked))
            {
                json.Skip();
            }
            else
            {
                envelope.Read(name, ref json);
            }
        }

        ids.Note(envelope);
        var error = envelope.Code is not null ? $"the source answered with the error {envelope.Code}"
            : envelope.Error is not null ? $"the answer has the member {envelope.Error}, which tells of an error"
            : null;
        return error is not null ? new PageBody(0, default, null, envelope.Code) { Error = error }
            : rows < 0 ? throw new PageFailedException(ids is DeletedIds ? "the body has no data that says what is deleted" : "the body has no data array")
            : new PageBody(rows, hash, envelope.RequireNext(), null);
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

    private static bool IsTooDeep(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (json.CurrentDepth <= MaxDepth && json.Read())
            {
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return json.CurrentDepth >= MaxDepth;
    }
}
