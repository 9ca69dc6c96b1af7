using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>A protected person's value in a row.</summary>
/// <param name="Phrase">Its hash; of a name that of the given name.</param>
/// <param name="Family">Of a name the hash of the family name.</param>
internal readonly record struct RowHit(PersonalKind Kind, ulong Phrase, ulong Family = 0)
{
    /// <summary>Of its last word, in bytes from the start of the row.</summary>
    public int Position { get; init; }

    /// <summary>Of a name in one word the hash of the word, which may be longer; 0 for any other.</summary>
    public ulong Word { get; init; }

    /// <summary>The same value wherever it stands.</summary>
    public RowHit Anywhere => this with { Position = 0, Word = 0 };
}

/// <summary>
/// Looks through rows, one at a time, for the values of protected persons: every run of neighbouring words of a field, as if nothing stood between
/// them, so that it does not matter how a value is cut.
/// </summary>
internal sealed class RowScan(ProtectedValues values)
{
    /// <summary>Of a value; what is longer is told by its beginning.</summary>
    public const int MostWords = 12;

    // A uuid may be cut into seventeen.
    private const int MostParts = 20;

    private readonly TextFold _fold = new();
    private readonly GluedNames _glued = new(values);
    private readonly List<RowHit> _hits = [];
    private readonly List<NamePart> _given = [];
    private readonly List<NamePart> _family = [];
    private readonly List<int> _fields = [];

    /// <summary>What stands in a row; the list is good until the next call.</summary>
    public IReadOnlyList<RowHit> Find(ReadOnlySpan<byte> row) => Find(row, isText: false);

    /// <summary>The same of one text: a name, a word of a register. Nothing in it separates: <c>Berglund,Alva</c>.</summary>
    public IReadOnlyList<RowHit> FindInText(ReadOnlySpan<byte> text) => Find(text, isText: true);

    /// <summary>The same of a key. What is made of digits alone, or a uuid, is somebody's or nobody's as a whole: it has no words.</summary>
    public IReadOnlyList<RowHit> FindInKey(ReadOnlySpan<byte> key)
    {
        if (!OpaqueKey.Is(key))
        {
            return FindInText(key);
        }

        _hits.Clear();
        if (FindInOpaqueKey(key) is { } whole)
        {
            _hits.Add(whole);
        }

        return _hits;
    }

    /// <summary>The same of what is known to be such a key.</summary>
    public RowHit? FindInOpaqueKey(ReadOnlySpan<byte> key) => values.IsEmpty ? null : values.FindWhole(key);

    /// <summary>Whether what a target has, a row or a value, would tell of somebody.</summary>
    public bool IsTelling(ReadOnlySpan<byte> row) => (OpaqueKey.IsHash(row) ? FindInKey(row) : Find(row)).Count > 0;

    private List<RowHit> Find(ReadOnlySpan<byte> row, bool isText)
    {
        _hits.Clear();
        if (values.IsEmpty)
        {
            return _hits;
        }

        _given.Clear();
        _family.Clear();
        Read(_fold.Fold(row), isText);
        if (_given.Count > 0 && _family.Count > 0)
        {
            FindNames(row);
        }

        for (var hit = 0; hit < _hits.Count; hit++)
        {
            _hits[hit] = _hits[hit] with { Position = _fold.PositionIn(row, _hits[hit].Position) };
        }

        return _hits;
    }

    private void Read(ReadOnlySpan<byte> row, bool isText)
    {
        Span<ulong> open = stackalloc ulong[MostParts];
        var (hash, filter) = (values.Hash, values.Filter);
        var words = new WordReader(row, hash, isText);
        var (count, field, domain) = (0, 0, -1);
        for (var number = 0; words.Next(); number++)
        {
            if (words.Field != field || words.Length > PhraseHash.LongestWord || (domain >= 0 && !words.IsOfDomain))
            {
                (count, field) = (0, words.Field);
            }

            domain = !words.IsOfDomain ? -1 : domain < 0 ? number : domain;

            if (words.Length > PhraseHash.LongestWord)
            {
                continue;
            }

            if (count == MostParts)
            {
                open[1..].CopyTo(open);
                count--;
            }

            open[count++] = 0;
            var (word, power) = (words.Hash, hash.Power(words.Length));
            for (var begun = 0; begun < count; begun++)
            {
                var phrase = open[begun] = (open[begun] * power) + word;
                if (filter.MayHave(phrase))
                {
                    Meet(phrase, new Place(number - count + 1 + begun, number, field, words.Start), domain);
                }
            }

            if (domain >= 0)
            {
                continue;
            }

            if (words.Last == 's' && words.Length > 1)
            {
                MeetGenitives(open[..count], new Place(number - count + 1, number, field, words.Start));
            }

            if (words.Length > GluedNames.ShortestWithin && words.IsOfLetters)
            {
                _glued.AddTo(_hits, in words);
            }
        }
    }

    /// <param name="phrases">Those that end with the word, from the longest on.</param>
    private void MeetGenitives(ReadOnlySpan<ulong> phrases, Place longest)
    {
        for (var begun = 0; begun < phrases.Length; begun++)
        {
            var stem = values.Hash.WithoutLast(phrases[begun], (byte)'s');
            if (values.Filter.MayHave(stem) && !values.IsExcused(phrases[begun]))
            {
                MeetName(stem, longest with { First = longest.First + begun }, phrases[begun]);
            }
        }
    }

    /// <param name="domain">The first word of the domain in which the phrase ends, -1 outside of one: there only a whole address says who somebody is.</param>
    private void Meet(ulong hash, Place place, int domain)
    {
        if (values.TryGet(hash, out var phrase) && phrase.Use.HasFlag(PhraseUse.Value) && (domain < 0 || place.First < domain))
        {
            _hits.Add(new RowHit((PersonalKind)phrase.Kind, hash) { Position = place.Start });
        }

        if (domain < 0)
        {
            MeetName(hash, place, hash);
        }
    }

    /// <summary>Also of what is left when the ending of a genitive is taken away, which only names have.</summary>
    /// <param name="whole">The phrase with its ending.</param>
    private void MeetName(ulong hash, Place place, ulong whole)
    {
        if (!values.TryGet(hash, out var phrase))
        {
            return;
        }

        if (phrase.Use.HasFlag(PhraseUse.GivenName))
        {
            _given.Add(new NamePart(hash, place));
        }

        if (phrase.Use.HasFlag(PhraseUse.FamilyName))
        {
            _family.Add(new NamePart(hash, place));
        }

        if ((phrase.Use & (PhraseUse.Glued | PhraseUse.Excused)) == PhraseUse.Glued)
        {
            values.AddGlued(_hits, hash, place.Start, whole);
        }
    }

    /// <summary>A given and a family name in one field, or in two where the family name has its own.</summary>
    private void FindNames(ReadOnlySpan<byte> row)
    {
        _fields.Clear();
        foreach (var given in _given)
        {
            foreach (var family in _family)
            {
                if (values.TryGet(new ProtectedName(given.Hash, family.Hash), out var pair)
                    && !given.Place.Overlaps(family.Place)
                    && (given.Place.Field == family.Place.Field || (pair.IsNear == 0 && IsField(family.Place, row))))
                {
                    _hits.Add(new RowHit(PersonalKind.Name, given.Hash, family.Hash) { Position = family.Place.Start });
                }
            }
        }
    }

    /// <summary>Whether the words are all that their field has.</summary>
    private bool IsField(Place place, ReadOnlySpan<byte> row)
    {
        if (_fields.Count == 0)
        {
            var words = new WordReader(_fold.Fold(row), values.Hash);
            while (words.Next())
            {
                _fields.Add(words.Field);
            }
        }

        return (place.First == 0 || _fields[place.First - 1] != place.Field)
            && (place.Last == _fields.Count - 1 || _fields[place.Last + 1] != place.Field);
    }

    /// <param name="First">Number of the first word in the row.</param>
    /// <param name="Start">Where the last one begins.</param>
    private readonly record struct Place(int First, int Last, int Field, int Start)
    {
        public bool Overlaps(Place other) => First <= other.Last && other.First <= Last;
    }

    private readonly record struct NamePart(ulong Hash, Place Place);
}
