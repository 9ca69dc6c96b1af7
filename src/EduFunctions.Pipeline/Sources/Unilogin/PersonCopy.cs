using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources.Unilogin;

/// <summary>Somebody as one place of a document has him or her; the same person may stand in many.</summary>
internal struct PersonCopy
{
    public EntityId Id;
    public PersonRow Row;

    /// <summary>The only address Unilogin has; whose it is, pupil's, employee's or parent's, the place tells.</summary>
    public Text Email;
}

/// <summary>Reads the elements that say who somebody is.</summary>
internal sealed class PersonXml(ExportXml xml, TextChunk texts, ReadOptions options)
{
    /// <summary><c>Person</c>. Of a protected person in the authority's package the alias is read, and the real name is not.</summary>
    public void ReadPerson(ref PersonCopy copy)
    {
        copy.Row.OwnMarking = MarkingOf(xml.Attribute("protected"));
        var isHidden = copy.Row.OwnMarking == Marking.Protected && xml.Names.HasRealNames;
        for (var person = xml.Enter(); xml.Next(person);)
        {
            switch (xml.Name)
            {
                case "FirstName" when !isHidden:
                case "AliasFirstName" when isHidden:
                    copy.Row.GivenName = texts.Add(xml.Text());
                    break;
                case "FamilyName" when !isHidden:
                case "AliasFamilyName" when isHidden:
                    copy.Row.FamilyName = texts.Add(xml.Text());
                    break;
                case "EmailAddress":
                    copy.Email = texts.Add(xml.Text());
                    break;
                case "Address":
                    ReadAddress(ref copy.Row);
                    break;
                default:
                    ReadIdentity(ref copy);
                    break;
            }
        }
    }

    /// <summary><c>UNILogin</c>, which holds the user's id in version 6.</summary>
    public void ReadLogin(ref PersonCopy copy)
    {
        for (var login = xml.Enter(); xml.Next(login);)
        {
            ReadIdentity(ref copy);
        }
    }

    internal static Marking MarkingOf(string? isProtected) => isProtected switch
    {
        null => Marking.Absent,
        "true" or "1" => Marking.Protected,
        "false" or "0" => Marking.None,
        _ => Marking.Unknown,
    };

    private void ReadIdentity(ref PersonCopy copy)
    {
        if (xml.Name == "UserId")
        {
            IdText.TryAdd(xml.Text(), out copy.Id);
        }
        else if (xml.Name == "CivilRegistrationNumber")
        {
            ReadCivicNumber(ref copy.Row);
        }
    }

    private void ReadCivicNumber(ref PersonRow row)
    {
        if (options.CivicNumbers)
        {
            row.CivicNumber = texts.Add(xml.Text());
        }
        else if (xml.Names.IsVersion7)
        {
            // Version 6 cannot be asked without.
            row.Facts |= PersonFacts.HasCivicNumber;
        }
    }

    private void ReadAddress(ref PersonRow row)
    {
        row.Facts |= PersonFacts.HasAddress;
        for (var address = xml.Enter(); xml.Next(address);)
        {
            if (xml.Name == "CountryCode" && xml.Text() is { IsEmpty: false } code && !System.Text.Ascii.EqualsIgnoreCase(code, "DK"u8))
            {
                row.Facts |= PersonFacts.RegisteredAbroad;
            }
        }
    }
}
