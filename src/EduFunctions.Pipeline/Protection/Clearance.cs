using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Whom the register has taken back: handed out, by the id or the civic number, with no marking in any copy, in enough pulls in a row. Who is not handed out at
/// all stays remembered.
/// </summary>
internal sealed class Clearance
{
    /// <summary>So many times what may be taken back in one night may be taken back within the window.</summary>
    private const int NightsOfWindow = 2;

    /// <summary>As many as a window has days at most.</summary>
    private const int MostKnown = 90;

    private readonly ProtectionMemory _earlier;
    private readonly Sight _sight;
    private readonly HashSet<EntityId> _marked;
    private readonly Dictionary<EntityId, bool> _byId = [];
    private readonly Dictionary<ulong, bool> _byIdentity = [];
    private readonly HashSet<ulong> _civicNumbers = [];
    private readonly Dictionary<EntityId, bool> _lookalikes = [];
    private readonly List<Remembered> _people;
    private readonly IReadOnlyList<IReadOnlyList<Remembered>> _due;

    /// <param name="marked">Who is marked in this pull.</param>
    public Clearance(SourceData data, ProtectionMemory earlier, Sight sight, HashSet<EntityId> marked)
    {
        (_earlier, _sight, _marked) = (earlier, sight, marked);
        if (earlier.Count > 0 && sight.IsUndisturbed)
        {
            Look(data);
            foreach (var person in earlier.People.Where(person => person is { Reason: MemoryReason.WithoutId, Identities.Count: 0 }))
            {
                LookLike(data, person);
            }
        }

        _people = [.. earlier.People.Select(person => person with { Clears = ClearsOf(person) })];
        _due = SameHumans.Due(_people, sight.UnprotectAfterRuns);
        var lately = _due.Count + Lately().Sum(each => each.Count);
        Waiting = _due.Count > sight.MaxUnprotected || (_due.Count > 0 && lately > sight.MaxUnprotected * NightsOfWindow) ? _due.Count : 0;
    }

    /// <summary>How many would be forgotten tonight but are too many.</summary>
    public int Waiting { get; }

    /// <summary>Whom the nights to come have to count; one with a wrong date forgets nothing.</summary>
    public IReadOnlyList<TakenBack> Known() => _due.Count == 0 || Waiting > 0
        ? _earlier.TakenBack
        : [.. _earlier.TakenBack.TakeLast(MostKnown - 1), new TakenBack(_sight.Today.ToDate().DayNumber, _due.Count)];

    private IEnumerable<TakenBack> Lately() =>
        _earlier.TakenBack.Where(each => each.Day > _sight.Today.ToDate().DayNumber - _sight.WindowDays);

    public IEnumerable<Remembered> Staying() => Waiting > 0 ? _people : _people.Except(_due.SelectMany(human => human));

    private int ClearsOf(Remembered person) =>
        _marked.Contains(person.Id) ? 0
        : !_sight.IsUndisturbed || _earlier.Run == _sight.Run ? person.Clears
        : IsClear(person) ? person.Clears + 1
        : 0;

    private bool IsClear(Remembered person)
    {
        if (person is { Reason: MemoryReason.WithoutId, Identities.Count: 0 })
        {
            return _lookalikes.TryGetValue(person.Id, out var isLikeClear) && isLikeClear;
        }

        var records = person.Identities.Where(_byIdentity.ContainsKey).Select(identity => _byIdentity[identity]).ToList();
        if (_byId.TryGetValue(person.Id, out var isOwnClear))
        {
            records.Add(isOwnClear);
        }

        // Several may have one login, and some registers write the same for whoever has none: it can keep somebody protected, but takes nobody back.
        // A record that never had an id has nothing else to be known by.
        var isHandedOut = _byId.ContainsKey(person.Id) || person.Identities.Any(_civicNumbers.Contains) || (person.Reason == MemoryReason.WithoutId && records.Count > 0);
        return isHandedOut && records.TrueForAll(isClear => isClear);
    }

    private void Look(SourceData data)
    {
        var (ids, identities) = (_earlier.People.Select(person => person.Id).ToHashSet(), _earlier.Identities.ToHashSet());
        var marked = data.MarkedIdentities.Rows.ToArray().ToHashSet();
        var links = Links();
        for (var row = 0; row < data.Persons.Count; row++)
        {
            var (id, identity) = (data.Persons.Id(row), data.Persons[row].Identity);
            var isClear = IsTakenBack(data, row) && !_marked.Contains(id)
                && !marked.Contains(identity.CivicNumber) && !marked.Contains(identity.Login);
            Note(_byId, ids, id, isClear);
            Note(_byIdentity, identities, identity.CivicNumber, isClear);
            if (identities.Contains(identity.CivicNumber))
            {
                _civicNumbers.Add(identity.CivicNumber);
            }

            Note(_byIdentity, identities, identity.Login, isClear);
            foreach (var link in links[id])
            {
                Note(_byIdentity, identities, link, isClear);
                _civicNumbers.Add(link);
            }
        }

        foreach (ref readonly var further in data.FurtherIdentities.Rows)
        {
            Note(_byIdentity, identities, further.Hash, !_marked.Contains(further.Person) && !marked.Contains(further.Hash));
        }
    }

    /// <summary>A new record that is known by likeness alone says of the old one what its civic number would.</summary>
    private ILookup<EntityId, ulong> Links()
    {
        var likenesses = new Likenesses(_earlier.Key);
        var all = _earlier.People.Select(person => likenesses.LinkTo(person.Id)).ToHashSet();
        return _earlier.People.SelectMany(person => person.Identities.Where(all.Contains).Select(link => (person.Id, link))).ToLookup(pair => pair.Id, pair => pair.link);
    }

    /// <summary>Who is remembered by a name or an address alone is the one who has it.</summary>
    private void LookLike(SourceData data, Remembered person)
    {
        var (only, id) = (new ProtectionMemory(_earlier.Key, _earlier.Run), new HashSet<EntityId> { person.Id });
        only.Set(person);
        var scan = new RowScan(ProtectedValuesBuilder.Of(only));
        for (var row = 0; row < data.Persons.Count; row++)
        {
            var texts = data.Persons[row].Texts;
            byte[] told = [.. data.Texts[texts.GivenName], .. " "u8, .. data.Texts[texts.FamilyName], .. "\t"u8, .. data.Texts[texts.StudentEmail], .. "\t"u8,
                .. data.Texts[texts.StaffEmail], .. "\t"u8, .. data.Texts[texts.PrivateEmail]];
            if (scan.Find(told).Count > 0)
            {
                Note(_lookalikes, id, person.Id, IsTakenBack(data, row) && !_marked.Contains(data.Persons.Id(row)));
            }
        }
    }

    /// <summary>By the word itself: in another spelling it protects nobody, and takes nobody back.</summary>
    private static bool IsTakenBack(SourceData data, int row) => data.Persons[row] is { OwnMarking: Marking.None, IsMarkingRespelled: false };

    /// <summary>Of several records each has to be without a marking.</summary>
    private static void Note<T>(Dictionary<T, bool> records, HashSet<T> wanted, T key, bool isClear)
        where T : notnull
    {
        if (wanted.Contains(key))
        {
            records[key] = isClear && records.GetValueOrDefault(key, true);
        }
    }
}
