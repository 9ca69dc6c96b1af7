using System.Buffers;
using System.Text;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What a text has become that was not changed by anybody but by a wrong reading of its bytes.</summary>
internal enum TextDamage : byte
{
    None,

    /// <summary>Its UTF-8 was read as another encoding, or its letters stand as escapes, so that each letter beyond ASCII is two or more others.</summary>
    Misread,

    /// <summary>Letters beyond ASCII have become U+FFFD or question marks, or are left out.</summary>
    Lost,
}

internal static class TextDamages
{
    private const char Replacement = '\uFFFD';

    /// <summary>The same, whose UTF-8 was read as Windows-1252 after that.</summary>
    private const string ReadReplacement = "ï¿½";
    private const char FirstOfOtherScripts = '\u0370';
    private const string Nordic = "åäöæøéèüáíóúýþðšžÅÄÖÆØÉÈÜÁÍÓÚÝÞÐŠŽ";

    private static readonly SearchValues<byte> Marks = SearchValues.Create("?&\\%=[]{}|_"u8);

    /// <param name="before">UTF-8, as it was delivered.</param>
    /// <param name="now">UTF-8, as it would be delivered.</param>
    public static TextDamage Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        if (now.IsEmpty || before.SequenceEqual(now) || (Ascii.IsValid(before) && IsPlain(now)))
        {
            return TextDamage.None;
        }

        var (was, becomes) = (Encoding.UTF8.GetString(before), Encoding.UTF8.GetString(now));
        return Of(was) == TextDamage.None && Of(becomes) is not TextDamage.None and var own ? own
            : IsMisread(was, becomes) || (IsExchanged(was, becomes) && Strangeness(becomes) >= Strangeness(was)) ? TextDamage.Misread
            : IsLost(was, becomes) ? TextDamage.Lost
            : TextDamage.None;
    }

    /// <summary>Of a text of which nobody knows what it was: it decodes to letters of the Nordic alphabets, or has marks where letters are.</summary>
    public static TextDamage Of(ReadOnlySpan<byte> text) => IsPlain(text) ? TextDamage.None : Of(Encoding.UTF8.GetString(text));

    /// <summary>Whether the earlier value was damaged and this one is what it should have been.</summary>
    public static bool IsMended(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        if (IsPlain(before) || before.SequenceEqual(now))
        {
            return false;
        }

        var (was, becomes) = (Encoding.UTF8.GetString(before), Encoding.UTF8.GetString(now));
        return Of(becomes) == TextDamage.None
            && (IsMisread(becomes, was) || IsLost(becomes, was) || (IsExchanged(becomes, was) && Strangeness(was) > Strangeness(becomes)));
    }

    private static TextDamage Of(string text) =>
        text.Contains(Replacement, StringComparison.Ordinal) || text.Contains(ReadReplacement, StringComparison.Ordinal) || HasMarkForLetter(text) ? TextDamage.Lost
        : text.Any(letter => IsStrange(letter) || letter is '&' or '\\' or '%' or '=') && TextRepair.Of(text, isLoose: false).Any(repaired => IsMoreNordic(text, repaired)) ? TextDamage.Misread
        : TextDamage.None;

    private static bool IsMisread(string was, string becomes) =>
        TextRepair.Misreadings(was).Any(misread => misread.Equals(becomes, StringComparison.OrdinalIgnoreCase) && misread != was)
        || TextRepair.Of(becomes, isLoose: true).Any(repaired => repaired.Equals(was, StringComparison.OrdinalIgnoreCase) || HasWordOf(was, repaired, becomes)
            || (IsMoreNordic(becomes, repaired) && was.StartsWith(repaired[..^1], StringComparison.OrdinalIgnoreCase)))
        || IsCut(was, becomes);

    /// <summary>Whether it was written in one encoding of a byte a letter and read as another, as a whole or in a word.</summary>
    private static bool IsExchanged(string was, string becomes) => !Ascii.IsValid(was)
        && TextRepair.Exchanges(was).Any(read => read.Equals(becomes, StringComparison.OrdinalIgnoreCase) || HasWordOf(read, becomes, was));

    /// <summary>How unlike a name of the north it is: either may come of the other, and only one of them is a name.</summary>
    private static int Strangeness(string text) => text.Count(IsStrange)
        + Enumerable.Range(1, Math.Max(0, text.Length - 1)).Count(at => !char.IsAscii(text[at]) && char.IsUpper(text[at]) && char.IsLetter(text[at - 1])
            && (char.IsLower(text[at - 1]) || (at + 1 < text.Length && char.IsLower(text[at + 1]))));

    /// <summary>Whether a word that was there comes out of the repair, whatever else has changed.</summary>
    private static bool HasWordOf(string was, string repaired, string becomes) =>
        Words(repaired).Except(Words(becomes), StringComparer.OrdinalIgnoreCase).Intersect(Words(was), StringComparer.OrdinalIgnoreCase).Any(word => !Ascii.IsValid(word));

    private static string[] Words(string text) => text.Split([' ', '-', '.', '@'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether half of the last letter is left.</summary>
    private static bool IsCut(string was, string becomes) =>
        becomes.Length > 1 && IsStrange(becomes[^1]) && was.Length >= becomes.Length && was.StartsWith(becomes[..^1], StringComparison.Ordinal)
        && TextRepair.Misreadings(was.Substring(becomes.Length - 1, 1)).Any(misread => misread.Length > 1 && misread[0] == becomes[^1]);

    /// <summary>Fewer letters that no Nordic name has, or none but ASCII before, and at least one that such names have.</summary>
    private static bool IsMoreNordic(string text, string repaired) => repaired.Any(IsNordic)
        && (Ascii.IsValid(text) || repaired.Count(IsStrange) < text.Count(IsStrange));

    internal static bool IsNordic(char letter) => Nordic.Contains(letter, StringComparison.Ordinal);

    private static bool IsStrange(char letter) => !char.IsAscii(letter) && !IsNordic(letter);

    /// <summary>Whether all that is left of the text is its ASCII, with marks or nothing in the gaps, or something that is no Latin letter in the place of one.</summary>
    private static bool IsLost(string was, string becomes) => !Ascii.IsValid(was) && !was.Any(IsMark)
        && (was.Where(char.IsAscii).SequenceEqual(becomes.Where(letter => !IsMark(letter)))
            || (was.Length == becomes.Length && was.Zip(becomes).All(pair => pair.First == pair.Second || IsLetterBeyond(pair.First, pair.Second))
                && was.Zip(becomes).Any(pair => IsLetterBeyond(pair.First, pair.Second))));

    private static bool IsLetterBeyond(char was, char becomes) =>
        !char.IsAscii(was) && char.IsLetter(was) && was < FirstOfOtherScripts && (!char.IsLetterOrDigit(becomes) || becomes >= FirstOfOtherScripts);

    /// <summary>A question mark before a letter, at the begin of a word or within it.</summary>
    private static bool HasMarkForLetter(string text) => Enumerable.Range(0, Math.Max(0, text.Length - 1))
        .Any(at => text[at] == '?' && char.IsLetter(text[at + 1]) && (at == 0 || char.IsLetter(text[at - 1]) || text[at - 1] is ' ' or '-' or '?'));

    private static bool IsMark(char letter) => letter is '?' or Replacement;

    /// <summary>Whether it is ASCII in which nothing can stand for another letter.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text) => Ascii.IsValid(text) && !text.ContainsAny(Marks);
}
