namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Looks within words of letters for a given and a family name without anything before, between or behind them: <c>STÖDALVABERGLUND</c>. Never for one of them
/// alone, which is part of many words.
/// </summary>
internal sealed class GluedNames(ProtectedValues values)
{
    /// <summary>Shorter ones are part of other words.</summary>
    public const int ShortestWithin = 8;

    private const int BitsOfClean = 10;

    private readonly ulong[] _beginnings = new ulong[PhraseHash.LongestWord + 1];

    /// <summary>Hashes of words that hold nobody, each where its first bits say: most words of a file come again and again.</summary>
    private readonly ulong[] _clean = new ulong[1 << BitsOfClean];

    /// <param name="words">At a word that is folded; of any case.</param>
    public void AddTo(List<RowHit> hits, in WordReader words)
    {
        ref var clean = ref _clean[words.Hash >> (64 - BitsOfClean)];
        if (clean == words.Hash)
        {
            return;
        }

        var before = hits.Count;
        Search(hits, words.Word, words.Start, words.Hash);
        if (hits.Count > before && values.IsExcused(words.Hash))
        {
            hits.RemoveRange(before, hits.Count - before);
        }

        clean = hits.Count == before ? words.Hash : clean;
    }

    private void Search(List<RowHit> hits, ReadOnlySpan<byte> word, int start, ulong whole)
    {
        var (hash, filter) = (values.Hash, values.Filter);
        var beginnings = _beginnings.AsSpan(0, word.Length + 1);
        for (var at = 0; at < word.Length; at++)
        {
            beginnings[at + 1] = hash.Join(beginnings[at], word[at]);
        }

        for (var length = ShortestWithin; length <= word.Length; length++)
        {
            var power = hash.Power(length);
            for (var end = length; end < beginnings.Length; end++)
            {
                var part = beginnings[end] - (beginnings[end - length] * power);
                if (filter.MayHave(part))
                {
                    values.AddGlued(hits, part, start, whole);
                }
            }
        }
    }
}
