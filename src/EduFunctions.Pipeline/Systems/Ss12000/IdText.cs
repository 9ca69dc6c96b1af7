using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Ids as registers write them, also where no walker reads them: in objects that are only looked through for markings.</summary>
internal static partial class IdText
{
    private const int UuidDigits = 32;

    /// <summary>
    /// The id that a text is. Registers write the same uuid as a URN or without hyphens here and with them there, and the same letters composed here and
    /// decomposed there: it is one id all the same.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out EntityId id)
    {
        if (EntityId.TryParse(text, out id))
        {
            return true;
        }

        var seen = Ascii.IsValid(text) ? text : Encoding.UTF8.GetBytes(ComposedLetters.Of(WithoutUnseen(Encoding.UTF8.GetString(text))));
        var bare = seen.Trim(" \t"u8);
        bare = bare.Length > Urn.Length && Ascii.EqualsIgnoreCase(bare[..Urn.Length], Urn) ? bare[Urn.Length..] : bare;
        return TryHyphenate(bare, out id) || TryUuid(bare, out id) || EntityId.TryRead(bare, out id);
    }

    /// <summary>A uuid with signs around it, or with other hyphens than those of the keyboard.</summary>
    private static bool TryUuid(ReadOnlySpan<byte> text, out EntityId id)
    {
        var bare = text.Trim(" \t\"'`()[]<>,;."u8);
        return EntityId.TryParse(Ascii.IsValid(bare) ? bare : Encoding.UTF8.GetBytes(OtherHyphens().Replace(Encoding.UTF8.GetString(bare), "-")), out id);
    }

    private static string WithoutUnseen(string text) => string.Concat(text.EnumerateRunes().Where(rune => !UnseenLetters.Is(rune))).Replace('\u00A0', ' ');

    [GeneratedRegex("[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]")]
    private static partial Regex OtherHyphens();

    private static ReadOnlySpan<byte> Urn => "urn:uuid:"u8;

    private static bool TryHyphenate(ReadOnlySpan<byte> digits, out EntityId id)
    {
        id = default;
        Span<byte> text = stackalloc byte[EntityId.UuidLength];
        if (digits.Length != UuidDigits)
        {
            return false;
        }

        var at = 0;
        foreach (var digit in digits)
        {
            if (at is 8 or 13 or 18 or 23)
            {
                text[at++] = (byte)'-';
            }

            text[at++] = digit;
        }

        return EntityId.TryParse(text, out id);
    }

    /// <summary>An id as the JSON has it.</summary>
    /// <param name="json">Begins with the text's quote.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, out EntityId id)
    {
        var reader = new Utf8JsonReader(json);
        id = default;
        return reader.Read() && reader.TokenType == JsonTokenType.String && TryParse(JsonText.Of(ref reader, out _), out id);
    }

    /// <summary>The ids of an object, or of each in a list, however the key is written; of what has none, those of the objects in it.</summary>
    /// <param name="json">Begins with the object or the list.</param>
    public static void AddIds(ReadOnlySpan<byte> json, List<EntityId> ids)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        Add(ref reader, ids);
    }

    /// <summary>Of the value on which the reader stands; it is read to its end.</summary>
    private static void Add(ref Utf8JsonReader reader, List<EntityId> ids)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Add(ref reader, ids);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            AddOfObject(ref reader, ids);
        }
    }

    private static void AddOfObject(ref Utf8JsonReader reader, List<EntityId> ids)
    {
        var (own, inside) = (new List<EntityId>(), new List<EntityId>());
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = Ascii.EqualsIgnoreCase(JsonText.Of(ref reader, out _), "id"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String && TryParse(JsonText.Of(ref reader, out _), out var id))
            {
                own.Add(id);
            }

            Add(ref reader, inside);
        }

        ids.AddRange(own.Count > 0 ? own : inside);
    }
}
