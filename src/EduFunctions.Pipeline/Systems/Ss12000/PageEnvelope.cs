using System.Text;
using System.Text.Json;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>The members of an answer beside its rows.</summary>
internal sealed class PageEnvelope
{
    /// <summary>Names under which servers other than the standard's hand out the way to the next page, letters only.</summary>
    private static readonly HashSet<string> OtherTokens = new(StringComparer.OrdinalIgnoreCase)
    {
        "pagetoken", "next", "nextpage", "nextpagetoken", "nexttoken", "nextlink", "nextcursor", "odatanextlink", "cursor", "continuation", "continuationtoken",
        "hasmore", "hasnext", "hasnextpage",
    };

    private string? _otherToken;

    public string? Next { get; private set; }

    public string? Error { get; private set; }

    /// <summary>Reads the member with this name; the reader stands at its value and is left at the value's end.</summary>
    public void Read(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader json)
    {
        if (name.SequenceEqual("pageToken"u8))
        {
            ReadToken(ref json);
        }
        else if (name.SequenceEqual("code"u8))
        {
            Error = json.TokenType switch
            {
                JsonTokenType.Null => Error,
                JsonTokenType.String => Encoding.UTF8.GetString(JsonText.Of(ref json, out _)),
                _ => "",
            };
            json.Skip();
        }
        else
        {
            ReadOther(name, ref json);
        }
    }

    /// <summary>The token, or null on a last page.</summary>
    /// <exception cref="PageFailedException">The page has no token but leads on all the same.</exception>
    public string? RequireNext() => Next is null && _otherToken is { } other
        ? throw new PageFailedException($"the page names no pageToken, but has {other}, which says that there is another page")
        : Next;

    private void ReadToken(ref Utf8JsonReader json)
    {
        var text = json.TokenType switch
        {
            JsonTokenType.Null => "",
            JsonTokenType.String when Encoding.UTF8.GetString(JsonText.Of(ref json, out var repaired)) is var token && repaired == 0 => token,
            JsonTokenType.String => throw new PageFailedException("pageToken holds half a character (an unpaired surrogate)"),
            var type => throw new PageFailedException($"pageToken is {JsonKind.Of(type)} and no text"),
        };
        if (text.Length > 0 && Next is not null && Next != text)
        {
            throw new PageFailedException("pageToken stands there twice and says two things");
        }

        Next = text.Length > 0 ? text : Next;
    }

    private void ReadOther(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader json)
    {
        Judge(Encoding.UTF8.GetString(name), ref json);
        if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var depth = json.CurrentDepth;
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType == JsonTokenType.PropertyName)
            {
                var inner = Encoding.UTF8.GetString(JsonText.Of(ref json, out _));
                json.Read();
                Judge(inner, ref json);
            }
        }
    }

    private void Judge(string name, ref Utf8JsonReader json)
    {
        var isEmpty = json.TokenType is JsonTokenType.Null or JsonTokenType.False || (json.TokenType == JsonTokenType.String && json.ValueSpan.IsEmpty);
        if (!isEmpty && OtherTokens.Contains(string.Concat(name.Where(char.IsAsciiLetter))))
        {
            _otherToken ??= $"\"{string.Concat(name.Where(char.IsAsciiLetter))}\"";
        }
    }
}
