using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

[Flags]
public enum PhraseUse
{
    None = 0,

    /// <summary>Further words may follow.</summary>
    Beginning = 1,
    GivenName = 2,
    FamilyName = 4,

    /// <summary>Says who somebody is, all by itself.</summary>
    Value = 8,
}

/// <summary>One or several words that stand in the values of protected persons, as their hash.</summary>
public readonly record struct ProtectedPhrase(ulong Hash, PhraseUse Use, int Kind);

/// <summary>Hashes of a given name and a family name that only protected persons have together.</summary>
public readonly record struct ProtectedName(ulong Given, ulong Family);

/// <summary>
/// By which words a protected person would be recognised, as hashes with a key of the pull: enough to find them in what is about to leave, not
/// enough to read them.
/// </summary>
public sealed class ProtectedValues
{
    // A bit for one in 32: what goes on to the dictionary is nearly always there.
    private const int BitsPerPhrase = 32;

    private readonly Dictionary<ulong, ProtectedPhrase> _phrases;
    private readonly HashSet<ProtectedName> _names;
    private readonly ulong[] _known;

    public ProtectedValues(ulong key, Table<ProtectedPhrase> phrases, Table<ProtectedName> names)
    {
        (Key, Phrases, Names) = (key, phrases, names);
        _phrases = phrases.Rows.ToArray().ToDictionary(phrase => phrase.Hash);
        _names = [.. names.Rows];
        _known = new ulong[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, phrases.Count * BitsPerPhrase)) / 64];
        foreach (var hash in _phrases.Keys)
        {
            _known[WordOf(hash)] |= 1UL << (int)(hash & 63);
        }
    }

    public static ProtectedValues None { get; } = new(0, new(), new());

    public bool IsEmpty => Phrases.Count == 0;

    internal ulong Key { get; }

    internal Table<ProtectedPhrase> Phrases { get; }

    internal Table<ProtectedName> Names { get; }

    internal bool TryGet(ulong hash, out ProtectedPhrase phrase)
    {
        phrase = default;
        return (_known[WordOf(hash)] & (1UL << (int)(hash & 63))) != 0 && _phrases.TryGetValue(hash, out phrase);
    }

    internal bool IsName(ProtectedName name) => _names.Contains(name);

    private int WordOf(ulong hash) => (int)((hash >> 6) & (ulong)(_known.Length - 1));
}
