using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Looks within words of letters for a given and a family name without anything before, between or behind them: <c>STÖDALVABERGLUND</c>. Never for one of them
/// alone, which is part of many words.
/// </summary>
internal sealed class GluedNames(ProtectedValues values)
{
    /// <summary>Shorter ones are part of other words.</summary>
    public const int ShortestWithin = 8;

    private readonly ulong[] _beginnings = new ulong[PhraseHash.LongestWord + 1];

    /// <param name="word">Folded; of any case.</param>
    /// <param name="start">Where it begins in the row.</param>
    public void AddTo(List<RowHit> hits, ReadOnlySpan<byte> word, int start)
    {
        var hash = values.Hash;
        for (var at = 0; at < word.Length; at++)
        {
            _beginnings[at + 1] = hash.Join(_beginnings[at], word[at]);
        }

        for (var first = 0; first + ShortestWithin <= word.Length; first++)
        {
            for (var length = ShortestWithin; first + length <= word.Length; length++)
            {
                var part = _beginnings[first + length] - (_beginnings[first] * hash.Power(length));
                if (values.Filter.MayHave(part))
                {
                    hits.AddRange(values.Glued(part).Select(name => new RowHit(PersonalKind.Name, name.Given, name.Family) { Position = start }));
                }
            }
        }
    }
}
