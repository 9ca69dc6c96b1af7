using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>By what a pull is judged.</summary>
/// <param name="IsUndisturbed">Whether the pull is complete and plausible: only then does it take anybody back.</param>
/// <param name="UnprotectAfterRuns">Pulls in a row with no marking after which somebody is forgotten.</param>
/// <param name="MaxUnprotected">How many may be forgotten in one night; more wait for an operator.</param>
/// <param name="WindowDays">Days over which those are counted together who were forgotten in single nights.</param>
internal sealed record Sight(string Run, Day Today, bool IsUndisturbed, int UnprotectAfterRuns, int MaxUnprotected, int WindowDays)
{
    /// <summary>For an earlier pull that somebody looks at: it takes nobody back, and nothing of it is remembered.</summary>
    public static Sight OfNobodyTakenBack { get; } = new("", Day.Absent, IsUndisturbed: false, int.MaxValue, MaxUnprotected: 0, WindowDays: 0);
}

/// <summary>
/// The one place that says who is protected: what a pull says and what is remembered go in, and whoever is protected comes out, in the pull's
/// <see cref="SourceData.ProtectedIds"/> and in the memory to come. Pure.
/// </summary>
internal sealed class Recollection
{
    private readonly SourceData _data;
    private readonly ProtectionMemory _earlier;
    private readonly Sight _sight;
    private readonly HashSet<EntityId> _marked;
    private readonly Dictionary<EntityId, Remembered> _people = [];
    private readonly HashSet<ulong> _identities = [];
    private readonly HashSet<ulong> _newIdentities = [];
    private readonly HashSet<ulong> _crowded = [];
    private readonly IReadOnlyList<TakenBack> _takenBack;
    private ulong _lookedFor;

    private Recollection(SourceData data, ProtectionMemory earlier, Sight sight)
    {
        (_data, _earlier, _sight) = (data, earlier, sight);
        _lookedFor = earlier.LookedFor;
        StandInIds.Apply(data, earlier.Key);
        MaskedNames.Mark(data);
        _marked = [.. data.ProtectedIds];
        IdentityKeys.Apply(data, earlier.Key);
        var isTakenBack = new Clearance(data, earlier, sight, _marked);
        Waiting = isTakenBack.Waiting;
        _takenBack = isTakenBack.Known();
        foreach (var person in isTakenBack.Staying())
        {
            Add(person);
        }

        ReturnedRecords.Part(data, _people.Values, earlier.Key);
        _newIdentities.UnionWith(data.MarkedIdentities.Rows.ToArray());
    }

    /// <summary>How many wait for an operator before they are forgotten.</summary>
    public int Waiting { get; }

    /// <summary>
    /// Whether what targets were given last was not searched yet for all that is known of them by now: somebody is new, or a civic number is, or what was
    /// delivered could not be read, or the memory was made anew.
    /// </summary>
    public bool IsToLook => Digest != _lookedFor;

    /// <summary>Of whom nothing was read so far but what tonight's pull says.</summary>
    public IReadOnlySet<EntityId> Newcomers => _people.Keys.Where(id => !_earlier.HasRead(id)).ToHashSet();

    private ulong Digest => ProtectionMemory.Digest(_people.Values);

    /// <summary>Before <see cref="Apply"/>: takes in who is marked, and records of the same humans.</summary>
    public static Recollection Of(SourceData data, ProtectionMemory earlier, Sight sight)
    {
        var recollection = new Recollection(data, earlier, sight);
        foreach (var id in recollection._marked)
        {
            recollection.Mark(id);
        }

        recollection.AddSame();
        recollection.AddReturned();
        return recollection;
    }

    /// <summary>
    /// What targets were given last: the register may have given somebody a new id together with the marking, or have made the name unreadable, and only
    /// there are the old id and name.
    /// </summary>
    /// <returns>Whether more is known now than before.</returns>
    public bool Add(Roster delivered)
    {
        var (before, memory) = (Digest, new DeliveredPeople(delivered, _earlier.Key));
        Add(memory, delivered);
        return Digest != before;
    }

    /// <summary>Who has left targets that only put them to rest: there they still are, under the id they had.</summary>
    /// <returns>Whether more is known now than before.</returns>
    public bool Add(IEnumerable<LeftPerson> departed)
    {
        var before = Digest;
        foreach (var left in departed.Where(left => _people.ContainsKey(left.Id) || _identities.Contains(left.Identity.CivicNumber) || _identities.Contains(left.Identity.Login)))
        {
            var person = _people.GetValueOrDefault(left.Id) ?? New(left.Id, MemoryReason.SharedIdentity);
            person.AddIdentity(left.Identity.CivicNumber);
            person.AddIdentity(left.Identity.Login);
            Add(person);
        }

        AddSame();
        return Digest != before;
    }

    /// <summary>
    /// What earlier pulls say of them, which is in the data by now: who was never delivered is in no roster, and may have come back under a new id. By the civic
    /// number alone: whether a login was a crowd's, only all of that pull would tell.
    /// </summary>
    /// <returns>Whether more is known now than before.</returns>
    public bool AddEarlier()
    {
        var before = Digest;
        foreach (var value in _data.PersonalValues.Where(value => value.Kind == PersonalKind.CivicNumber))
        {
            if (_people.GetValueOrDefault(value.Person) is { } person)
            {
                person.AddIdentity(PersonIdentity.Keyed(PersonIdentity.OfCivicNumber(Encoding.UTF8.GetBytes(value.Value)), _earlier.Key));
                Add(person);
            }
        }

        AddSame();
        return Digest != before;
    }

    /// <summary>What some of them were called in an earlier night, of which nothing else is kept.</summary>
    public void AddNames(Roster earlier, IReadOnlySet<EntityId> people) =>
        new DeliveredPeople(earlier, _earlier.Key).AddNames(people, _people.GetValueOrDefault, IsCrowded);

    /// <summary>All that targets were given last has been searched.</summary>
    public void NoteLooked() => _lookedFor = Digest;

    private void Add(DeliveredPeople memory, Roster delivered)
    {
        Disown(Crowd.Of(delivered, _earlier.Key, _identities));
        var renewed = new RenewedRecords(_data, delivered).Of(_marked.Where(id => !_earlier.Has(id)));
        var rows = memory.Rows(id => _people.ContainsKey(id) || renewed.Contains(id), _identities.Contains);
        Disown(Crowd.Of(delivered, _earlier.Key, rows.SelectMany(row => memory.Identities(row, stackalloc ulong[DeliveredPeople.MostIdentities]).ToArray())));
        foreach (var row in rows)
        {
            var id = delivered.Persons[row].Id;
            var person = _people.GetValueOrDefault(id) ?? New(id, MemoryReason.SharedIdentity);
            memory.AddTo(person, row, IsCrowded);
            Add(person);
        }

        _newIdentities.ExceptWith(_crowded);
        AddSame();
    }

    /// <summary>Makes the pull what the rules and everything after them go by.</summary>
    public void Apply()
    {
        foreach (var person in _people.Values)
        {
            _data.ProtectedIds.Add(person.Id);
            if (_data.Persons.Find(person.Id) is >= 0 and var row && _data.Persons[row].StrictestMarking < Marking.Unknown)
            {
                ref var marked = ref _data.Persons[row];
                marked.StrictestMarking = Marking.Protected;
                marked.MarkedOn = person.Reason == MemoryReason.SharedIdentity ? MarkedOn.SharedIdentity : MarkedOn.Earlier;
            }
        }

        if (_people.Count > 0)
        {
            CompanionsOfProtected.AddTo(_people, _data);
        }

        var shared = _people.Values.Count(person => person.Reason == MemoryReason.SharedIdentity);
        if (shared > 0)
        {
            _data.Findings.Count(FindingCodes.SharedIdentity, shared);
        }
    }

    /// <summary>The memory to come, once it is read by what everybody in it would be recognised.</summary>
    public ProtectionMemory Remember()
    {
        var values = _data.PersonalValues.Where(value => !IsCrowded(value)).ToLookup(value => value.Person);
        var builder = new ProtectedValuesBuilder(_earlier.Key);
        foreach (var person in _people.Values)
        {
            builder.AddTo(person, values[person.Id]);
        }

        ReturnedRecords.Note(_data, _people.Values, values, _earlier.Key);
        var memory = new ProtectionMemory(_earlier.Key, _sight.Run) { LookedFor = _lookedFor, TakenBack = _takenBack, Unrecorded = _earlier.Unrecorded };
        foreach (var person in _people.Values)
        {
            person.Identities.ExceptWith(_crowded);
        }

        foreach (var person in SameHumans.Counting(_people.Values, person => _earlier.Has(person.Id) || _marked.Contains(person.Id)))
        {
            memory.Set(person with { GoneSince = _data.Persons.Find(person.Id) >= 0 ? default : person.GoneSince.IsDay ? person.GoneSince : _sight.Today });
        }

        return memory;
    }

    /// <summary>Nobody would be recognised by what a crowd has.</summary>
    private bool IsCrowded(PersonalValue value) => value.Kind is PersonalKind.UserName or PersonalKind.Email
        && _crowded.Contains(PersonIdentity.Keyed(PersonIdentity.OfLogin(Encoding.UTF8.GetBytes(value.Value)), _earlier.Key));

    private void Mark(EntityId id)
    {
        var row = _data.Persons.Find(id);
        var reason = _data.StandIns.Contains(id) ? MemoryReason.WithoutId
            : row >= 0 && _data.Persons[row].StrictestMarking == Marking.Unknown ? MemoryReason.UnknownMarking : MemoryReason.Marking;
        var known = _people.GetValueOrDefault(id) ?? New(id, reason);
        Add(known with { Clears = 0, Reason = known.Reason == MemoryReason.SharedIdentity ? reason : known.Reason });
    }

    private Remembered New(EntityId id, MemoryReason reason) => new(id, _sight.Today, reason);

    private void Add(Remembered person)
    {
        _people[person.Id] = person;
        _newIdentities.UnionWith(person.Identities);
    }

    /// <summary>What many records have says of nobody that it is somebody else.</summary>
    private void Disown(Crowd crowd)
    {
        _crowded.UnionWith(crowd.Hashes);
        _identities.ExceptWith(_crowded);
        _newIdentities.ExceptWith(_crowded);
    }

    /// <summary>Whoever comes under a new id, with neither number nor login of the old record: that is of the same human from now on, and leaves the memory with it.</summary>
    private void AddReturned()
    {
        foreach (var (gone, id) in ReturnedRecords.Find(_data, _people, _earlier.Key, _sight.Today))
        {
            var record = _people.GetValueOrDefault(id) ?? New(id, MemoryReason.SharedIdentity);
            foreach (var person in new[] { gone, record })
            {
                person.AddIdentity(new Likenesses(_earlier.Key).LinkTo(gone.Id));
                Add(person);
            }
        }

        AddSame();
    }

    /// <summary>One human is one person: until nobody is left who shares a civic number or login with somebody protected.</summary>
    private void AddSame()
    {
        for (var before = 0; _newIdentities.Count > 0 || before != _people.Count;)
        {
            before = _people.Count;
            Disown(Crowd.Of(_data, _newIdentities.Except(_identities)));
            _identities.UnionWith(_newIdentities);
            _newIdentities.Clear();
            MeetAll();
            _newIdentities.RemoveWhere(identity => _identities.Contains(identity) || _crowded.Contains(identity));
        }
    }

    private void MeetAll()
    {
        for (var row = 0; row < _data.Persons.Count; row++)
        {
            ref readonly var identity = ref _data.Persons[row].Identity;
            if (!identity.IsEmpty)
            {
                Meet(_data.Persons.Id(row), identity.CivicNumber, identity.Login);
            }
        }

        foreach (ref readonly var further in _data.FurtherIdentities.Rows)
        {
            Meet(further.Person, further.Hash, 0);
        }
    }

    private void Meet(EntityId id, ulong first, ulong second)
    {
        if (id.IsNone || !(_people.ContainsKey(id) || _identities.Contains(first) || _identities.Contains(second)))
        {
            return;
        }

        var person = _people.GetValueOrDefault(id) ?? New(id, MemoryReason.SharedIdentity);
        person.AddIdentity(first);
        person.AddIdentity(second);
        Add(person);
    }
}
