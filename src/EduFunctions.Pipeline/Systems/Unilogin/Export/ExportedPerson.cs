using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>Somebody as one place of a document has him or her; the same person may stand in many. Serves one after the other.</summary>
internal sealed class ExportedPerson
{
    public EntityId Id;
    public PersonRow Row;

    /// <summary>The only address Unilogin has; whose it is, pupil's, employee's or parent's, the place tells.</summary>
    public Text Email;

    /// <summary>Whether the country is none.</summary>
    public bool HasOddCountry;

    /// <summary>Whether a name stands there and says nothing.</summary>
    public bool HasEmptyName;

    /// <summary>Of a marking that nobody knows.</summary>
    public StrangeMarking? Strange;

    public PersonDraft Texts { get; } = new();

    public void Begin()
    {
        (Id, Row, Email, HasOddCountry, HasEmptyName, Strange) = (default, default, default, false, false, null);
        Texts.Clear();
    }

    /// <summary>Nobody is found by a copy without an id; one that is marked still says who is protected.</summary>
    public void NoteWithoutId(SourceData rows)
    {
        rows.Findings.Add(FindingCodes.IdMissing, EntityKind.Person, default);
        if (Row.OwnMarking >= Marking.Unknown && !Row.Identity.IsEmpty)
        {
            rows.MarkedIdentities.Add(Row.Identity.CivicNumber);
        }
    }

    public void AddTo(SourceData rows, TextChunk texts)
    {
        Row.Texts = Texts.AddTo(texts);
        rows.Persons.Add(Id, Row);
        if (Strange is { } strange && Row.OwnMarking == Marking.Unknown)
        {
            rows.Note(strange, Id);
        }

        if (Row.IsMarkingRespelled)
        {
            rows.Findings.Add(FindingCodes.ValueAsText, EntityKind.Person, Id, property: "Person.protected");
        }
    }
}

/// <summary>Reads the elements that say who somebody is.</summary>
internal sealed class PersonXml(ExportXml xml, ReadOptions options)
{
    /// <summary><c>Person</c>. Of a protected person in the authority's package the alias is read, and the real name is not.</summary>
    public void ReadPerson(ExportedPerson copy)
    {
        ReadMarking(copy, xml.Attribute("protected"));
        var isHidden = copy.Row.OwnMarking == Marking.Protected && xml.Names.HasRealNames;
        for (var person = xml.Enter(); xml.Next(person);)
        {
            switch (xml.Name)
            {
                case "FirstName" when !isHidden:
                case "AliasFirstName" when isHidden:
                    SetName(copy, PersonText.GivenName);
                    break;
                case "FamilyName" when !isHidden:
                case "AliasFamilyName" when isHidden:
                    SetName(copy, PersonText.FamilyName);
                    break;
                case "EmailAddress":
                    copy.Email = copy.Texts.Keep(xml.Text());
                    break;
                case "Address":
                    ReadAddress(copy);
                    break;
                default:
                    ReadIdentity(copy);
                    break;
            }
        }
    }

    private void SetName(ExportedPerson copy, PersonText text)
    {
        var name = xml.Text();
        copy.Texts.Set(text, name);
        copy.HasEmptyName |= name.IsEmpty;
    }

    /// <summary><c>UNILogin</c>, which holds the user's id in version 6.</summary>
    public void ReadLogin(ExportedPerson copy)
    {
        for (var login = xml.Enter(); xml.Next(login);)
        {
            ReadIdentity(copy);
        }
    }

    /// <summary>Blanks around it are no part of an xs:boolean; in another case it is none, and meant all the same.</summary>
    private void ReadMarking(ExportedPerson copy, string? isProtected)
    {
        var said = isProtected is null ? Marking.Absent
            : options.IsNoMarking(isProtected) ? Marking.None
            : options.IsProtection(isProtected) ? Marking.Protected
            : MarkingOf(isProtected);
        if (said != Marking.Unknown)
        {
            copy.Row.OwnMarking = said;
            return;
        }

        var meant = MarkingOf(isProtected!.Trim().ToLowerInvariant());
        copy.Strange = meant == Marking.Unknown ? MarkingText.Of(MarkingPlace.Person, "protected", isProtected) : null;
        copy.Row.IsMarkingRespelled = meant != Marking.Unknown;
        copy.Row.OwnMarking = copy.Strange is { } strange && options.CommonMarkings.Contains(strange.Value) ? Marking.Absent : meant;
    }

    private static Marking MarkingOf(string? isProtected) => isProtected switch
    {
        null => Marking.Absent,
        "true" or "1" => Marking.Protected,
        "false" or "0" => Marking.None,
        _ => Marking.Unknown,
    };

    private void ReadIdentity(ExportedPerson copy)
    {
        if (xml.Name == "UserId")
        {
            var isId = TextIds.TryAdd(xml.Text(), out var id) && !xml.IsMixed;
            copy.Id = isId ? id : default;
        }
        else if (xml.Name == "CivilRegistrationNumber")
        {
            ReadCivicNumber(copy);
        }
    }

    private void ReadCivicNumber(ExportedPerson copy)
    {
        var number = xml.Text();
        copy.Row.Identity = new PersonIdentity(PersonIdentity.OfCivicNumber(number), 0);
        copy.Row.BirthDate = BirthDate.OfCivicNumber(number);
        if (options.CivicNumbers)
        {
            copy.Texts.Set(PersonText.CivicNumber, number);
        }
        else if (xml.Names.IsVersion7)
        {
            // Version 6 cannot be asked without.
            copy.Row.Facts |= PersonFacts.HasCivicNumber;
        }
    }

    private void ReadAddress(ExportedPerson copy)
    {
        copy.Row.Facts |= PersonFacts.HasAddress;
        for (var address = xml.Enter(); xml.Next(address);)
        {
            if (xml.Name == "CountryCode" && xml.Text() is { IsEmpty: false } code && !System.Text.Ascii.EqualsIgnoreCase(code, "DK"u8))
            {
                // Two letters (ISO 3166) or nothing that could be asked where it is.
                var isCountry = code.Length == 2 && char.IsAsciiLetter((char)code[0]) && char.IsAsciiLetter((char)code[1]) && !xml.IsMixed;
                copy.Row.Facts |= isCountry ? PersonFacts.RegisteredAbroad : PersonFacts.None;
                copy.HasOddCountry |= !isCountry;
            }
        }
    }
}
