using System.Text;

namespace EduFunctions.Pipeline.Protection;

/// <summary>Gathers words in which a given and a family name stand side by side, and that are no name of a protected person all the same.</summary>
internal sealed class GluedWords(ProtectedValues values)
{
    private readonly TextFold _fold = new();
    private readonly RowScan _rest = new(values);

    public HashSet<ulong> Found { get; } = [];

    /// <summary>Of a row of somebody's: the words that the own name explains.</summary>
    public void AddExplained(IEnumerable<RowHit> hits, ReadOnlySpan<byte> row, Func<OwnName> ownName)
    {
        OwnName? own = null;
        foreach (var word in hits.Select(hit => hit.Word).Distinct().Where(word => word != 0 && !Found.Contains(word)))
        {
            if (TextOf(word, row) is { } text && (own ??= ownName()).Explains(text, IsTelling))
            {
                Found.Add(word);
            }
        }
    }

    /// <summary>Of the name of a school: it is a place's when somebody's stands in a longer word of it, <c>Andersbergsskolan</c>.</summary>
    public void AddWithin(ReadOnlySpan<byte> name)
    {
        if (_rest.FindInText(name).Any(hit => hit.Word != 0))
        {
            var words = new WordReader(_fold.Fold(name), values.Hash, isText: true);
            while (words.Next())
            {
                if (!values.HasGlued(words.Hash) && IsTelling(Encoding.UTF8.GetString(words.Word)))
                {
                    Found.Add(words.Hash);
                }
            }
        }
    }

    /// <summary>The letters of a word, or of neighbouring ones that make it; null where there is none.</summary>
    private string? TextOf(ulong hash, ReadOnlySpan<byte> row)
    {
        var folded = _fold.Fold(row);
        var words = new WordReader(folded, values.Hash);
        var (before, last, field) = ("", 0UL, 0);
        while (words.Next())
        {
            var word = Encoding.UTF8.GetString(words.Word).ToLowerInvariant();
            if (words.Hash == hash)
            {
                return word;
            }

            if (words.Field == field && before.Length > 0 && values.Hash.Join(last, words.Hash, words.Length) == hash)
            {
                return before + word;
            }

            (before, last, field) = (word, words.Hash, words.Field);
        }

        return null;
    }

    private bool IsTelling(string text) => _rest.FindInText(Encoding.UTF8.GetBytes(text)).Any(hit => hit.Word != 0);
}
