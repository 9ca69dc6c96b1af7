using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>The word for what a group is, by its number in the vocabulary.</summary>
/// <param name="IsRespelled">Whether it is one of Unilogin's in another case.</param>
/// <param name="IsStrange">Whether neither Unilogin nor the tenant has it: what it was before, targets keep.</param>
internal readonly record struct GroupWord(byte Number, bool IsRespelled = false, bool IsStrange = false)
{
    private static readonly (string Word, byte Number)[] Translated = [("Hovedgruppe", GroupTypes.Class), ("Hold", GroupTypes.Teaching)];

    /// <param name="ownTypes">What the tenant names, whatever it is.</param>
    public static GroupWord Of(ReadOnlySpan<byte> utf8, Vocabulary types, IReadOnlyList<string> ownTypes)
    {
        var word = Encoding.UTF8.GetString(utf8);
        if (Find(word, types, StringComparison.Ordinal) is { } number)
        {
            return new GroupWord(number);
        }

        return Find(word, types, StringComparison.OrdinalIgnoreCase) is { } meant ? new GroupWord(meant, IsRespelled: true)
            : new GroupWord(types.Number(utf8), IsStrange: !ownTypes.Contains(word));
    }

    private static byte? Find(string word, Vocabulary types, StringComparison comparison)
    {
        var translated = Translated.FirstOrDefault(known => known.Word.Equals(word, comparison)).Number;
        var own = Array.FindIndex(UniloginVocabularies.GroupTypes, known => known.Equals(word, comparison));
        return word.Length == 0 ? (byte)0 : translated != 0 ? translated : own >= 0 ? types.Number(UniloginVocabularies.GroupTypes[own]) : null;
    }
}
