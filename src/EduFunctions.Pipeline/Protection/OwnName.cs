using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// What somebody's own name explains: <c>annabergstrom</c> is Anna Bergström's login and <c>hannaberg</c> Hanna Berg's, whatever shorter name stands in them.
/// </summary>
internal sealed class OwnName
{
    /// <summary>What stands between the words of a folded name: every character of ASCII that is no letter.</summary>
    private static readonly char[] NoLetters = [.. Enumerable.Range(0, 128).Select(letter => (char)letter).Where(letter => !char.IsAsciiLetter(letter))];

    private readonly TextFold _fold = new();
    private readonly HashSet<string> _given = [];
    private readonly HashSet<string> _family = [];

    public OwnName(PersonTexts texts, TextHeap heap)
    {
        Add(_given, Encoding.UTF8.GetString(heap[texts.GivenName]));
        Add(_given, Encoding.UTF8.GetString(heap[texts.MiddleName]));
        Add(_family, Encoding.UTF8.GetString(heap[texts.FamilyName]));
    }

    /// <param name="word">Folded, in lower case.</param>
    /// <param name="isTelling">Whether a name is left in what stands beside the own one.</param>
    public bool Explains(string word, Predicate<string> isTelling) =>
        (from given in _given
         from family in _family
         from whole in new[] { given + family, family + given }
         select whole).Any(whole => word.Contains(whole, StringComparison.Ordinal) && !isTelling(word.Replace(whole, " ", StringComparison.Ordinal)))
        || Enumerable.Range(1, Math.Max(0, word.Length - 1)).Any(cut => AreBeginnings(word[..cut], word[cut..]) || AreBeginnings(word[cut..], word[..cut]));

    /// <summary>Logins are often made of the beginnings of both names.</summary>
    private bool AreBeginnings(string given, string family) =>
        _given.Any(name => name.StartsWith(given, StringComparison.Ordinal)) && _family.Any(name => name.StartsWith(family, StringComparison.Ordinal));

    /// <summary>The whole name, and each where there are several.</summary>
    private void Add(HashSet<string> names, string name)
    {
        foreach (var spelling in NameForms.Spellings(name))
        {
            var words = Encoding.UTF8.GetString(_fold.Fold(Encoding.UTF8.GetBytes(spelling))).ToLowerInvariant()
                .Split(NoLetters, StringSplitOptions.RemoveEmptyEntries);
            names.UnionWith(words.Append(string.Concat(words)).Where(word => word.Length > 0));
        }
    }
}
