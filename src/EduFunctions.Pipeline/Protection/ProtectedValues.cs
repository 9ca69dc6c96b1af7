using System.Numerics;
using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

[Flags]
public enum PhraseUse
{
    None = 0,

    // 1 was the beginning of a longer phrase.
    GivenName = 2,
    FamilyName = 4,

    /// <summary>Says who somebody is, all by itself.</summary>
    Value = 8,

    /// <summary>Given and family name in one word.</summary>
    Glued = 16,

    /// <summary>A word with such a name in it that is somebody else's own or a school's: <c>annabergstrom</c>, <c>Andersbergsskolan</c>.</summary>
    Excused = 32,
}

/// <summary>Letters and digits that stand in the values of protected persons, as their hash.</summary>
public readonly record struct ProtectedPhrase(ulong Hash, PhraseUse Use, int Kind);

/// <summary>Hashes of a given name and a family name that only protected persons have together.</summary>
public readonly record struct ProtectedName(ulong Given, ulong Family);

/// <summary>How a name may stand in a row.</summary>
/// <param name="Glued">Hash of both in one word, 0 where that is too short to say anything.</param>
/// <param name="IsNear">Whether it is a name only within one field: one of the two is a part that others have too.</param>
public readonly record struct ProtectedPair(ProtectedName Name, ulong Glued, long IsNear);

/// <summary>
/// By which words a protected person would be recognised, as hashes with a key: enough to find them in what is about to leave, not enough to read
/// them.
/// </summary>
public sealed class ProtectedValues
{
    // A word of the filter for two of them: what goes on to the dictionary is nearly always there.
    private const int PhrasesPerWord = 2;

    private readonly Dictionary<ulong, ProtectedPhrase> _phrases;
    private readonly Dictionary<ProtectedName, ProtectedPair> _names = [];
    private readonly Dictionary<ulong, ProtectedName[]> _glued;

    public ProtectedValues(ulong key, Table<ProtectedPhrase> phrases, Table<ProtectedPair> names)
    {
        (Key, Phrases, Names, Hash) = (key, phrases, names, new PhraseHash(key));
        _phrases = phrases.Rows.ToArray().ToDictionary(phrase => phrase.Hash);
        foreach (ref readonly var pair in names.Rows)
        {
            // The same two words may be near for one person and anywhere for another.
            _names[pair.Name] = _names.TryGetValue(pair.Name, out var other) && other.IsNear == 0 ? other : pair;
        }

        _glued = names.Rows.ToArray().Where(pair => pair.Glued != 0).GroupBy(pair => pair.Glued, pair => pair.Name)
            .ToDictionary(names => names.Key, names => names.Distinct().ToArray());
        var words = BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, phrases.Count / PhrasesPerWord));
        Filter = new PhraseFilter(new ulong[words], 64 - BitOperations.Log2(words));
        foreach (var hash in _phrases.Keys)
        {
            Filter.Add(hash);
        }
    }

    public static ProtectedValues None { get; } = new(0, new(), new());

    public bool IsEmpty => Phrases.Count == 0;

    internal ulong Key { get; }

    internal PhraseHash Hash { get; }

    internal Table<ProtectedPhrase> Phrases { get; }

    internal Table<ProtectedPair> Names { get; }

    internal PhraseFilter Filter { get; }

    internal bool TryGet(ulong hash, out ProtectedPhrase phrase) => _phrases.TryGetValue(hash, out phrase);

    internal bool TryGet(ProtectedName name, out ProtectedPair pair) => _names.TryGetValue(name, out pair);

    internal bool IsExcused(ulong hash) => Filter.MayHave(hash) && TryGet(hash, out var phrase) && phrase.Use.HasFlag(PhraseUse.Excused);

    /// <summary>The id, civic number, login or identifier that a key is; null for another key.</summary>
    internal RowHit? FindWhole(ReadOnlySpan<byte> key)
    {
        var hash = Hash.OfLetters(key);
        return Filter.MayHave(hash) && TryGet(hash, out var phrase) && phrase.Use.HasFlag(PhraseUse.Value)
            && (PersonalKind)phrase.Kind is PersonalKind.Id or PersonalKind.CivicNumber or PersonalKind.UserName or PersonalKind.Identifier
                ? new RowHit((PersonalKind)phrase.Kind, hash)
                : null;
    }

    internal bool HasGlued(ulong hash) => _glued.ContainsKey(hash);

    /// <summary>The names that a word is.</summary>
    /// <param name="start">Where the word begins.</param>
    /// <param name="whole">The hash of the word that it stands in.</param>
    internal void AddGlued(List<RowHit> hits, ulong hash, int start, ulong whole)
    {
        foreach (var name in _glued.GetValueOrDefault(hash, []))
        {
            hits.Add(new RowHit(PersonalKind.Name, name.Given, name.Family) { Position = start, Word = whole });
        }
    }

    /// <summary>Whom they would have kept out had not so many more borne the same that it says nothing of anybody.</summary>
    internal IReadOnlyList<EntityId> Spared { get; private init; } = [];

    /// <summary>The same without what a pull says of others, too, and without what is nobody's.</summary>
    internal ProtectedValues WithoutOthers(SourceData data, IEnumerable<string> words)
    {
        if (IsEmpty)
        {
            return this;
        }

        var somebodys = Without(NobodysValues.Find(data, this, words));
        return somebodys.Without(SharedValues.Find(data, somebodys));
    }

    /// <summary>The same of a roster.</summary>
    internal ProtectedValues WithoutOthers(Roster roster, IReadOnlySet<EntityId> protectedIds)
    {
        if (IsEmpty)
        {
            return this;
        }

        var somebodys = Without(NobodysValues.Find(roster, protectedIds, this));
        return somebodys.Without(SharedValues.Find(roster, protectedIds, somebodys));
    }

    /// <summary>The same without what others say of themselves, too.</summary>
    internal ProtectedValues Without(SharedHits shared)
    {
        var rest = Without(shared.Hits);
        return shared.Words.Count == 0 && shared.Spared.Count == 0
            ? rest
            : new ProtectedValues(Key, Excusing(rest.Phrases, shared.Words), rest.Names) { Spared = [.. Spared, .. shared.Spared] };
    }

    /// <inheritdoc cref="Without(SharedHits)"/>
    internal ProtectedValues Without(IReadOnlyCollection<RowHit> shared)
    {
        if (shared.Count == 0)
        {
            return this;
        }

        var names = shared.Where(hit => hit.Kind == PersonalKind.Name).Select(hit => new ProtectedName(hit.Phrase, hit.Family)).ToHashSet();
        var values = shared.Where(hit => hit.Kind != PersonalKind.Name).Select(hit => hit.Phrase).ToHashSet();
        var phrases = Phrases.Rows.ToArray().Select(phrase => values.Contains(phrase.Hash) ? phrase with { Use = phrase.Use & ~PhraseUse.Value } : phrase);
        return new ProtectedValues(Key, new([.. phrases]), new([.. Names.Rows.ToArray().Where(pair => !names.Contains(pair.Name))])) { Spared = Spared };
    }

    private static Table<ProtectedPhrase> Excusing(Table<ProtectedPhrase> phrases, IReadOnlyCollection<ulong> words)
    {
        var known = phrases.Rows.ToArray().ToDictionary(phrase => phrase.Hash);
        foreach (var word in words)
        {
            known[word] = known.TryGetValue(word, out var phrase) ? phrase with { Use = phrase.Use | PhraseUse.Excused } : new ProtectedPhrase(word, PhraseUse.Excused, 0);
        }

        return new([.. known.Values.OrderBy(phrase => phrase.Hash)]);
    }
}

/// <summary>Says of nearly all hashes at once that no phrase has them: a Bloom filter whose three bits stand in one word.</summary>
internal readonly struct PhraseFilter(ulong[] words, int shift)
{
    private const ulong Spread = 0x9E3779B97F4A7C15;

    public void Add(ulong hash)
    {
        var spread = hash * Spread;
        words[spread >> shift] |= Bits(spread);
    }

    /// <summary>Nearly always false for what is not there: one read, however many bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayHave(ulong hash)
    {
        var spread = hash * Spread;
        var bits = Bits(spread);
        return (words[spread >> shift] & bits) == bits;
    }

    // Of the middle of the product: its first bits say which word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(ulong spread) => (1UL << (int)(spread >> 14)) | (1UL << (int)(spread >> 20)) | (1UL << (int)(spread >> 26));
}
