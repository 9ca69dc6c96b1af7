using System.Buffers;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Checking;

/// <summary>A rule about single values that are not empty.</summary>
/// <param name="Takes">Whether the target takes a value.</param>
internal sealed record ValueRule(TargetRule Rule, RowTest Takes)
{
    /// <summary>Where in a value that is not taken the character stands that it is not taken for; -1 where it is the value as a whole.</summary>
    public Func<byte[], int> Offence { get; init; } = _ => -1;

    /// <summary>Values of these characters alone.</summary>
    public static ValueRule Of(TargetRule rule, SearchValues<byte> alphabet) =>
        new(rule, value => value.IndexOfAnyExcept(alphabet) < 0) { Offence = value => value.AsSpan().IndexOfAnyExcept(alphabet) };

    /// <summary>Values with none of these characters.</summary>
    public static ValueRule Without(TargetRule rule, SearchValues<byte> forbidden) =>
        new(rule, value => value.IndexOfAny(forbidden) < 0) { Offence = value => value.AsSpan().IndexOfAny(forbidden) };

    public static ValueRule UpTo(TargetRule rule, int characters) => new(rule, value => !CleanText.IsLonger(value, characters));

    public static ValueRule OneOf(TargetRule rule, params IEnumerable<string> words)
    {
        var known = words.ToHashSet(StringComparer.Ordinal);
        var lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();
        return new(rule, value =>
        {
            Span<char> text = stackalloc char[value.Length <= 64 ? 64 : 0];
            return text.Length > 0 && lookup.Contains(text[..Encoding.UTF8.GetChars(value, text)]);
        });
    }

    /// <summary>Values of one of these words, in capitals or not.</summary>
    public static ValueRule OneOfAnyCase(TargetRule rule, params IEnumerable<string> words)
    {
        var known = words.Select(word => CaseFold.Hash(Encoding.UTF8.GetBytes(word))).ToHashSet();
        return new(rule, value => known.Contains(CaseFold.Hash(value)));
    }

    /// <summary>Values without characters that nobody sees, which make two ids of one and turn lines around.</summary>
    public static ValueRule Visible(TargetRule rule) => new(rule, value => PlainText.InvisibleAt(value) < 0) { Offence = value => PlainText.InvisibleAt(value) };

    /// <summary>Values that no spreadsheet takes for a formula.</summary>
    public static ValueRule NoFormula(TargetRule rule) => new(rule, value => !PlainText.IsFormula(value));
}
