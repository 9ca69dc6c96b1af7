using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

internal static class PersonJson
{
    public static void Read(ref PageWalker json, ReadOptions options)
    {
        var id = default(EntityId);
        var person = default(PersonRow);
        var (row, start) = (json.Fragment.Persons.Count, json.Position);
        json.HasCurrent = false;
        while (json.NextProperty())
        {
            if (json.Is("id"u8))
            {
                id = json.Id();
            }
            else if (json.IsMarking)
            {
                // Said twice, the stricter one counts.
                person.OwnMarking = (Marking)Math.Max((byte)person.OwnMarking, (byte)json.Marking);
                person.IsMarkingRespelled |= json.IsMarkingRespelled;
                json.Skip();
            }
            else if (json.Is("personStatus"u8))
            {
                person.Facts |= ReadStatus(ref json);
            }
            else if (json.Is("enrolments"u8))
            {
                EnrolmentJson.Read(ref json, row);
            }
            else if (json.Is("responsibles"u8))
            {
                ResponsibleJson.Read(ref json, row);
            }
            else if (json.Is("addresses"u8))
            {
                person.Facts |= AddressJson.Read(ref json);
            }
            else if (json.Is("externalIdentifiers"u8) && options.IdentifierContexts.Count > 0)
            {
                IdentifierJson.Read(ref json, row);
            }
            else if (json.Is("civicNo"u8))
            {
                ReadCivicNumber(ref json, ref person, options.CivicNumbers);
            }
            else if (json.Is("birthDate"u8))
            {
                person.BirthDate = json.BirthDate() is not 0 and var birth ? birth : person.BirthDate;
            }
            else if (json.Is("eduPersonPrincipalNames"u8))
            {
                ReadPrincipalNames(ref json);
            }
            else
            {
                ReadNameOrEmail(ref json, ref person);
            }
        }

        End(ref json, id, person, start);
    }

    /// <param name="start">Where the person begins on the page.</param>
    private static void End(ref PageWalker json, EntityId id, PersonRow person, int start)
    {
        if (Text.IsBlank(json.Person[PersonText.GivenName]) || Text.IsBlank(json.Person[PersonText.FamilyName]))
        {
            json.Note(FindingCodes.NameMissing, Text.IsBlank(json.Person[PersonText.GivenName]) ? "givenName" : "familyName");
        }

        // The dead pass no rule, whatever else is said of them, and who has neither an id nor a school is nobody.
        if ((person.Facts & PersonFacts.Deceased) == 0 && (json.Misreadings > 0 || (id.IsNone && json.HasCurrent)))
        {
            json.Doubt(EntityKind.Person, id);
            json.Tell(EntityKind.Person, id);
        }

        IReadOnlyList<PersonalValue> values = person.OwnMarking >= Marking.Unknown ? PersonalValuesJson.Read(id, json.ObjectFrom(start)) : [];
        if (!id.IsNone)
        {
            json.Fragment.PersonalValues.AddRange(values);
        }

        person.Identity = json.Identity.End(json.Fragment, id, person.OwnMarking, values);
        person.Texts = json.EndPerson();
        json.Close(EntityKind.Person, id);
        json.Fragment.Persons.Add(id, person);
    }

    private static void ReadNameOrEmail(ref PageWalker json, ref PersonRow person)
    {
        if (json.Is("givenName"u8))
        {
            json.Person.Set(PersonText.GivenName, json.Word());
        }
        else if (json.Is("middleName"u8))
        {
            json.Person.Set(PersonText.MiddleName, json.Word());
        }
        else if (json.Is("familyName"u8))
        {
            json.Person.Set(PersonText.FamilyName, json.Word());
        }
        else if (json.Is("emails"u8))
        {
            EmailJson.Read(ref json);
        }
        else
        {
            person.Facts |= ReadUnneeded(ref json);
        }
    }

    /// <summary>Passes over what nobody needs, and notes what the customer could do without handing out.</summary>
    private static PersonFacts ReadUnneeded(ref PageWalker json)
    {
        var attribute = json.Is("photo"u8) ? PersonFacts.HasPhoto
            : json.Is("sex"u8) ? PersonFacts.HasSex
            : PersonFacts.None;
        var isThere = !json.IsNull;
        json.Skip();
        return isThere ? attribute : PersonFacts.None;
    }

    private static PersonFacts ReadStatus(ref PageWalker json)
    {
        var status = json.Word();
        var (emigrated, deceased) = (status.SequenceEqual("Utvandrad"u8), status.SequenceEqual("Avliden"u8));
        if (!emigrated && !deceased && !status.IsEmpty && !status.SequenceEqual("Aktiv"u8))
        {
            json.NoteHere(FindingCodes.ValueUnknown);
            json.LookAtValue();
        }

        return emigrated ? PersonFacts.Emigrated : deceased ? PersonFacts.Deceased : PersonFacts.None;
    }

    /// <summary>The first of several is the person's; all of them are the same human's.</summary>
    private static void ReadPrincipalNames(ref PageWalker json)
    {
        if (json.Array())
        {
            while (json.NextItem())
            {
                var value = json.Word();
                json.Identity.AddLogin(value);
                if (!json.Person.Has(PersonText.PrincipalName))
                {
                    json.Person.Set(PersonText.PrincipalName, value);
                }
            }
        }
    }

    /// <summary>Which records are of one human is asked of everybody; the number itself is kept only where the tenant wants it.</summary>
    private static void ReadCivicNumber(ref PageWalker json, ref PersonRow person, bool isKept)
    {
        person.Facts |= json.IsNull || isKept ? PersonFacts.None : PersonFacts.HasCivicNumber;
        if (json.Object())
        {
            while (json.NextProperty())
            {
                if (json.Is("value"u8))
                {
                    var value = json.Value();
                    json.Identity.AddCivicNumber(value);
                    person.BirthDate = person.BirthDate == 0 ? BirthDate.OfCivicNumber(value) : person.BirthDate;
                    if (isKept)
                    {
                        json.Person.Set(PersonText.CivicNumber, value);
                    }
                }
                else
                {
                    json.Skip();
                }
            }
        }
    }
}
