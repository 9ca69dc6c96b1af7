using System.Globalization;
using System.Text;
using System.Text.Json;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// The members of an answer beside its rows. The standard has a page token and, in errors, a code and a message. Whatever else stands there is either known to
/// change nothing, or speaks against the list being whole, or is told of once: a list ends only when nothing says otherwise.
/// </summary>
/// <param name="silent">What says nothing of the list's size.</param>
internal sealed class PageEnvelope(SilentSizes silent)
{
    /// <summary>In bytes; a token goes into an address and into the metadata of a blob, and both have their limits.</summary>
    public const int LongestToken = 4096;

    private const int FirstError = 400;
    private const int LongestName = 40;

    /// <summary>Why this is no end, in a clause; null when nothing speaks against it.</summary>
    private string? _goesOn;

    public string? Next { get; private set; }

    /// <summary>The <c>code</c> of an error object, as it may be shown; null where there is none.</summary>
    public string? Code { get; private set; }

    /// <summary>A member of another name that tells of an error, as it may be shown.</summary>
    public string? Error { get; private set; }

    /// <summary>How many rows, or pages, the answer says that the list has; null when it does not say.</summary>
    public ListSize Size { get; private set; }

    /// <summary>Members of which nobody knows what they say, as they may be shown.</summary>
    public List<string> Unknown { get; } = [];

    /// <summary>Reads the member with this name; the reader stands at its value and is left at the value's end.</summary>
    public void Read(scoped ReadOnlySpan<byte> name, ref Utf8JsonReader json)
    {
        if (name.SequenceEqual("pageToken"u8))
        {
            ReadToken(ref json);
        }
        else if (LettersOf(name) == "code")
        {
            Code = IsNothing(json) ? Code : CodeOf(json);
            json.Skip();
        }
        else
        {
            ReadOther(name, ref json);
        }
    }

    /// <summary>The token, or null on a last page.</summary>
    /// <exception cref="PageFailedException">The page has no token but leads on all the same.</exception>
    public string? RequireNext() => Next is null && _goesOn is not null ? throw new PageFailedException($"the page names no pageToken, but {_goesOn}") : Next;

    private void ReadToken(ref Utf8JsonReader json)
    {
        var text = json.TokenType switch
        {
            JsonTokenType.Null => "",
            JsonTokenType.String when json.ValueSpan.Length > LongestToken =>
                throw new PageFailedException($"pageToken is {json.ValueSpan.Length} bytes long, and none may be longer than {LongestToken}"),
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
        var outer = Judge(LettersOf(name), json, isInner: false);
        if (outer == EnvelopeMember.Unknown)
        {
            Unknown.Add(LettersOf(name));
        }

        if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var depth = json.CurrentDepth;
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType == JsonTokenType.PropertyName)
            {
                var inner = LettersOf(JsonText.Of(ref json, out _));
                json.Read();
                Judge(inner, json, isInner: true);
            }
            else if (json.TokenType == JsonTokenType.String && outer == EnvelopeMember.Unknown)
            {
                JudgeText(name, json);
            }
        }
    }

    /// <param name="json">A copy, so that looking ahead moves nothing.</param>
    private EnvelopeMember Judge(string name, Utf8JsonReader json, bool isInner)
    {
        var member = EnvelopeMembers.Of(name, isInner);
        switch (member)
        {
            case EnvelopeMember.Next when !IsEmpty(json):
                _goesOn ??= $"has {Shown(name)}, which says that there is another page";
                break;
            case EnvelopeMember.Left when Number(json) > 0:
            case EnvelopeMember.Unknown when isInner && name == "rel" && LettersOf(json) == "next":
                _goesOn ??= $"its {Shown(name)} says that there is more";
                break;
            case EnvelopeMember.Warning when !IsNothing(json) && !IsOfLater(json):
            case EnvelopeMember.Error when !IsNothing(json):
            case EnvelopeMember.Status when IsFalse(json) || (Number(json) is { } status ? status >= FirstError : IsTrouble(json)):
                Error ??= Shown(name);
                break;
            case EnvelopeMember.Cut when !IsNothing(json):
            case EnvelopeMember.Whole or EnvelopeMember.Pages when IsFalse(json):
                _goesOn ??= $"its {Shown(name)} says that something is missing";
                break;
            case EnvelopeMember.Rows when Number(json) is { } rows && !silent.Has(name):
                // Beside the whole number, some say how many stand on the page.
                Size = Size with { Rows = Math.Max(rows, Size.Rows ?? 0) };
                break;
            case EnvelopeMember.Pages when Number(json) is { } pages && !silent.Has(name):
                Size = Size with { Pages = pages };
                break;
            case EnvelopeMember.Unknown when IsTrouble(json):
                Error ??= Shown(name);
                break;
        }

        return member;
    }

    /// <summary>Whether all texts of it tell of what is to change some day.</summary>
    private static bool IsOfLater(Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.String)
        {
            return EnvelopeMembers.IsOfLater(LettersOf(json));
        }

        var (depth, texts, later) = (json.CurrentDepth, 0, 0);
        while (json.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject || json.CurrentDepth > depth)
        {
            if (!json.Read() || json.CurrentDepth <= depth)
            {
                break;
            }

            texts += json.TokenType == JsonTokenType.String ? 1 : 0;
            later += json.TokenType == JsonTokenType.String && EnvelopeMembers.IsOfLater(LettersOf(json)) ? 1 : 0;
        }

        return texts > 0 && later == texts;
    }

    private void JudgeText(scoped ReadOnlySpan<byte> name, Utf8JsonReader json) => Error ??= IsTrouble(json) ? Shown(LettersOf(name)) : null;

    private static bool IsTrouble(Utf8JsonReader json) => json.TokenType == JsonTokenType.String && EnvelopeMembers.IsTrouble(LettersOf(json));

    private static bool IsFalse(Utf8JsonReader json) => json.TokenType == JsonTokenType.False || LettersOf(json) == "false";

    /// <summary>Whether nothing stands there: null, false, an empty text, list or object.</summary>
    private static bool IsEmpty(Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.Null or JsonTokenType.False => true,
        JsonTokenType.String => json.ValueSpan.IsEmpty,
        JsonTokenType.StartObject or JsonTokenType.StartArray => json.Read() && json.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray,
        _ => false,
    };

    /// <summary>The same of what tells of errors, where a number below those of errors, and words for good, tell of none.</summary>
    private static bool IsNothing(Utf8JsonReader json) =>
        IsEmpty(json) || Number(json) is 0 or (>= 200 and < 300) || LettersOf(json) is "ok" or "success" or "none" or "false" or "null";

    /// <summary>A whole number, also as a text, with a point and zeros, or with blanks between its digits.</summary>
    private static long? Number(Utf8JsonReader json) => json.TokenType is JsonTokenType.Number or JsonTokenType.String ? Number(Encoding.UTF8.GetString(json.ValueSpan)) : null;

    private static long? Number(string text)
    {
        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        var isNumber = decimal.TryParse(digits, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number);
        return isNumber && number is >= 0 and <= int.MaxValue && number == decimal.Truncate(number) ? (long)number : null;
    }

    private static string LettersOf(Utf8JsonReader json) => json.TokenType == JsonTokenType.String ? LettersOf(JsonText.Of(ref json, out _)) : "";

    private static string LettersOf(scoped ReadOnlySpan<byte> name) => string.Concat(Encoding.UTF8.GetString(name).Where(char.IsAsciiLetter)).ToLowerInvariant();

    private static string Shown(string letters) => $"\"{(letters.Length > LongestName ? letters[..LongestName] : letters)}\"";

    /// <summary>A code is a word or a short number; what has other digits or blanks may be data, and nobody can tell yet whose.</summary>
    private static string CodeOf(Utf8JsonReader json)
    {
        var code = json.TokenType switch
        {
            JsonTokenType.String => Encoding.UTF8.GetString(JsonText.Of(ref json, out _)),
            JsonTokenType.Number => Encoding.UTF8.GetString(json.ValueSpan),
            _ => "",
        };
        var isShort = code.Length is > 0 and <= 4 && code.All(char.IsAsciiDigit);
        var isWord = code.Length is > 0 and <= 40 && code.All(c => char.IsAsciiLetterLower(c) || c is '_' or '-' or '.');
        return isShort || isWord ? code : "(a code that is no word)";
    }
}

/// <summary>How large a list is said to be.</summary>
internal readonly record struct ListSize(long? Rows, long? Pages);
