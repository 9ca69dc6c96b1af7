using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Protection;

/// <summary>What a delivered roster says of people who have become protected since.</summary>
internal sealed class DeliveredPeople(Roster roster, ulong key)
{
    /// <summary>Rows of whoever has one of these ids or identities.</summary>
    public IReadOnlyList<int> Rows(Predicate<EntityId> isPerson, Predicate<ulong> isIdentity)
    {
        var rows = new List<int>();
        for (var row = 0; row < roster.Persons.Count; row++)
        {
            var identity = roster.Identities.Count > row ? roster.Identities[row] : default;
            if (isPerson(roster.Persons[row].Id)
                || (identity.CivicNumber != 0 && isIdentity(identity.CivicNumber)) || (identity.Login != 0 && isIdentity(identity.Login)))
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    public void AddTo(Remembered person, int row)
    {
        if (roster.Identities.Count > row)
        {
            person.AddIdentity(roster.Identities[row]);
        }

        ProtectedValuesBuilder.AddTo(person, Values(roster.Persons[row]), key);
        foreach (ref readonly var pair in roster.Guardianships.Rows)
        {
            if (pair.Student == row)
            {
                person.Companions.Add(roster.Persons[pair.Guardian].Id);
            }
        }
    }

    private IEnumerable<PersonalValue> Values(RosterPerson person) =>
    [
        new(person.Id, PersonalKind.Name, TextOf(person.Texts.GivenName), TextOf(person.Texts.FamilyName)),
        new(person.Id, PersonalKind.CivicNumber, TextOf(person.Texts.CivicNumber)),
        new(person.Id, PersonalKind.UserName, TextOf(person.Texts.PrincipalName)),
        new(person.Id, PersonalKind.Email, TextOf(person.Texts.StudentEmail)),
        new(person.Id, PersonalKind.Email, TextOf(person.Texts.StaffEmail)),
        new(person.Id, PersonalKind.PrivateEmail, TextOf(person.Texts.PrivateEmail)),
    ];

    private string TextOf(Text text) => Encoding.UTF8.GetString(roster[text]);
}
