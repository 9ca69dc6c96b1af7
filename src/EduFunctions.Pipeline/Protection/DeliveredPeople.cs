using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>What a delivered roster says of people who have become protected since.</summary>
internal sealed class DeliveredPeople(Roster roster, ulong key)
{
    /// <summary>Of one person at most.</summary>
    public const int MostIdentities = 4;

    private readonly ProtectedValuesBuilder _values = new(key);
    private readonly Likenesses _likenesses = new(key);

    /// <summary>Students in their order, and beside each of them a guardian: made when somebody's are asked for.</summary>
    private readonly Lazy<(int[] Students, int[] Guardians)> _guardians = new(() =>
    {
        var pairs = roster.Guardianships.Rows.ToArray();
        var (students, guardians) = (Array.ConvertAll(pairs, static pair => pair.Student), Array.ConvertAll(pairs, static pair => pair.Guardian));
        Array.Sort(students, guardians);
        return (students, guardians);
    });

    /// <summary>Rows of whoever is remembered, under whatever id.</summary>
    public static IReadOnlyList<int> Rows(Roster roster, ProtectionMemory memory)
    {
        var identities = memory.Identities.ToHashSet();
        identities.ExceptWith(Crowd.Of(roster, memory.Key, identities).Hashes.ToList());
        return new DeliveredPeople(roster, memory.Key).Rows(memory.Has, identities.Contains);
    }

    /// <summary>By what they would be recognised also as they were called then, apart from what others were called.</summary>
    public static ProtectedValues Values(Roster roster, ProtectionMemory? memory, ProtectedValues values)
    {
        if (memory is null || values.IsEmpty || values.Key != memory.Key || Rows(roster, memory) is not { Count: > 0 } rows)
        {
            return values;
        }

        var (builder, people, ids) = (new ProtectedValuesBuilder(memory.Key).Add(values), new DeliveredPeople(roster, memory.Key), new HashSet<EntityId>());
        foreach (var row in rows)
        {
            var person = new Remembered(roster.Persons[row].Id, default, MemoryReason.Records);
            people.AddTo(person, row);
            builder.Add(person);
            ids.Add(person.Id);
        }

        var all = builder.Build();
        return all.WithoutOthers(roster, ids);
    }

    /// <summary>Rows of whoever has one of these ids or identities.</summary>
    public IReadOnlyList<int> Rows(Predicate<EntityId> isPerson, Predicate<ulong> isIdentity)
    {
        var rows = new List<int>();
        for (var row = 0; row < roster.Persons.Count; row++)
        {
            if (isPerson(roster.Persons[row].Id) || HasIdentity(row, isIdentity))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    private bool HasIdentity(int row, Predicate<ulong> isIdentity)
    {
        foreach (var hash in Identities(row, stackalloc ulong[MostIdentities]))
        {
            if (isIdentity(hash))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>By the id alone: an old login may be somebody else's by now.</summary>
    public void AddNames(IReadOnlySet<EntityId> people, Func<EntityId, Remembered?> find, Predicate<PersonalValue> isAnybodys)
    {
        foreach (var row in Rows(people.Contains, _ => false))
        {
            if (find(roster.Persons[row].Id) is { } person)
            {
                _values.AddTo(person, Values(roster.Persons[row]).Where(value => !isAnybodys(value)));
            }
        }
    }

    /// <param name="isAnybodys">Whether nobody would be recognised by a value.</param>
    public void AddTo(Remembered person, int row, Predicate<PersonalValue>? isAnybodys = null)
    {
        foreach (var hash in Identities(row, stackalloc ulong[MostIdentities]))
        {
            person.AddIdentity(hash);
        }

        var values = Values(roster.Persons[row]).Where(value => isAnybodys?.Invoke(value) != true).ToList();
        _values.AddTo(person, values);
        _likenesses.AddTo(person.Likenesses, values);
        foreach (var guardian in GuardiansOf(row))
        {
            person.Companions.Add(roster.Persons[guardian].Id);
        }
    }

    private ReadOnlySpan<int> GuardiansOf(int student)
    {
        var (students, guardians) = _guardians.Value;
        var found = Array.BinarySearch(students, student);
        var (start, end) = (found, found);
        while (start > 0 && students[start - 1] == student)
        {
            start--;
        }

        while (end >= 0 && end < students.Length && students[end] == student)
        {
            end++;
        }

        return found < 0 ? [] : guardians.AsSpan(start..end);
    }

    /// <summary>Hashes of civic number, login and addresses of a school, as far as there are any.</summary>
    /// <param name="room">Where they go: everybody is asked, without a list for each.</param>
    public ReadOnlySpan<ulong> Identities(int row, Span<ulong> room)
    {
        ref readonly var texts = ref roster.Persons[row].Texts;
        var (identity, count) = (roster.Identities.Count > row ? roster.Identities[row] : default, 0);
        foreach (var hash in (ReadOnlySpan<ulong>)[identity.CivicNumber, identity.Login, OfEmail(texts.StudentEmail), OfEmail(texts.StaffEmail)])
        {
            if (hash != 0)
            {
                room[count++] = hash;
            }
        }

        return room[..count];
    }

    private ulong OfEmail(Text email) => PersonIdentity.Keyed(PersonIdentity.OfLogin(roster[email]), key);

    private IEnumerable<PersonalValue> Values(RosterPerson person) =>
    [
        .. PersonalNames.Of(person.Id, [TextOf(person.Texts.GivenName)], TextOf(person.Texts.MiddleName), [TextOf(person.Texts.FamilyName)]),
        new(person.Id, PersonalKind.CivicNumber, TextOf(person.Texts.CivicNumber)),
        new(person.Id, PersonalKind.UserName, TextOf(person.Texts.PrincipalName)),
        new(person.Id, PersonalKind.Email, TextOf(person.Texts.StudentEmail)),
        new(person.Id, PersonalKind.Email, TextOf(person.Texts.StaffEmail)),
        new(person.Id, PersonalKind.PrivateEmail, TextOf(person.Texts.PrivateEmail)),
    ];

    private string TextOf(Text text) => Encoding.UTF8.GetString(roster[text]);
}
