using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>What a delivered roster says of people who have become protected since.</summary>
internal sealed class DeliveredPeople(Roster roster, ulong key)
{
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
            if (isPerson(roster.Persons[row].Id) || Identities(row).Exists(isIdentity))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>By the id alone: an old login may be somebody else's by now.</summary>
    public void AddNames(IReadOnlySet<EntityId> people, Func<EntityId, Remembered?> find, Predicate<PersonalValue> isAnybodys)
    {
        foreach (var row in Rows(people.Contains, _ => false))
        {
            if (find(roster.Persons[row].Id) is { } person)
            {
                ProtectedValuesBuilder.AddTo(person, Values(roster.Persons[row]).Where(value => !isAnybodys(value)), key);
            }
        }
    }

    /// <param name="isAnybodys">Whether nobody would be recognised by a value.</param>
    public void AddTo(Remembered person, int row, Predicate<PersonalValue>? isAnybodys = null)
    {
        Identities(row).ForEach(person.AddIdentity);
        var values = Values(roster.Persons[row]).Where(value => isAnybodys?.Invoke(value) != true).ToList();
        ProtectedValuesBuilder.AddTo(person, values, key);
        new Likenesses(key).AddTo(person.Likenesses, values);
        foreach (ref readonly var pair in roster.Guardianships.Rows)
        {
            if (pair.Student == row)
            {
                person.Companions.Add(roster.Persons[pair.Guardian].Id);
            }
        }
    }

    /// <summary>Hashes of civic number, login and addresses of a school, as far as there are any.</summary>
    public List<ulong> Identities(int row)
    {
        var (person, identity) = (roster.Persons[row], roster.Identities.Count > row ? roster.Identities[row] : default);
        ulong[] all = [identity.CivicNumber, identity.Login, OfEmail(person.Texts.StudentEmail), OfEmail(person.Texts.StaffEmail)];
        return [.. all.Where(hash => hash != 0)];
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
