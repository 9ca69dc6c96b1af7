using System.Text;
using System.Xml;

namespace EduFunctions.Simulators.Unilogin;

/// <summary>Writes an institution as wsiEKSPORT would, element by element in the order of its schemas.</summary>
public sealed class ExportDocument(DanishInstitution institution, ExportFormat format, DocumentFilter? filter = null)
{
    private static readonly XmlWriterSettings Format =
        new() { Encoding = new UTF8Encoding(false), ConformanceLevel = ConformanceLevel.Fragment, OmitXmlDeclaration = true };

    private readonly DocumentFilter _filter = filter ?? new DocumentFilter();

    /// <summary>These institutions for the server.</summary>
    public static ExportWriter Of(IEnumerable<DanishInstitution> institutions)
    {
        var byNumber = institutions.ToDictionary(institution => institution.Number, StringComparer.OrdinalIgnoreCase);
        return (question, output) =>
        {
            var format = new ExportFormat(question.Version, Enum.Parse<ExportPackage>(question.Package));
            var filter = new DocumentFilter(question.Externs, question.ContactPersons, question.CivicNumbers);
            using var xml = XmlWriter.Create(output, Format);
            new ExportDocument(byNumber[question.Institution], format, filter).WriteExport(xml);
        };
    }

    /// <summary>A whole answer without a signature.</summary>
    public byte[] Answer()
    {
        const string Soap = "http://www.w3.org/2003/05/soap-envelope";
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Format))
        {
            xml.WriteStartElement("soap", "Envelope", Soap);
            xml.WriteStartElement("soap", "Body", Soap);
            WriteResponse(xml);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private void WriteResponse(XmlWriter xml)
    {
        xml.WriteStartElement("eks", $"{format.Operation}Response", format.Service);
        xml.WriteStartElement("xml", format.Service);
        WriteExport(xml);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void WriteExport(XmlWriter xml)
    {
        xml.WriteStartElement(format.Root, format.Own);
        xml.WriteAttributeString("exportDateTime", "2026-09-01T02:15:04.120+02:00");
        xml.WriteAttributeString("accessLevel", format.IsFull ? "full" : format.Package == ExportPackage.Mellem ? "medium" : "small");
        foreach (var import in institution.Imports)
        {
            xml.WriteStartElement("ImportSource", format.Import);
            xml.WriteAttributeString("sourceDateTime", "2026-08-31T21:40:00+02:00");
            xml.WriteAttributeString("source", import.Source);
            xml.WriteAttributeString("schoolYear", import.SchoolYear);
            xml.WriteEndElement();
        }

        xml.WriteStartElement("Institution", format.Own);
        xml.WriteElementString("InstitutionNumber", format.Data, institution.Number);
        WriteOptional(xml, "InstitutionName", format.Data, institution.Name);
        institution.Groups.ForEach(group => WriteGroup(xml, group));
        foreach (var member in institution.Members.Where(IsAsked))
        {
            WriteMember(xml, member);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private bool IsAsked(DanishMember member) => member.Extern is null || _filter.Externs;

    private void WriteGroup(XmlWriter xml, DanishGroup group)
    {
        xml.WriteStartElement("Group", format.Data);
        xml.WriteElementString("GroupId", format.Data, group.Id);
        WriteOptional(xml, "GroupName", format.Data, group.Name);
        xml.WriteElementString("GroupType", format.Data, group.Type);
        WriteOptional(xml, "GroupLevel", format.Data, group.Level);
        WriteOptional(xml, "Line", format.Data, group.Line);
        WriteOptional(xml, "FromDate", format.Data, group.From);
        WriteOptional(xml, "ToDate", format.Data, group.To);
        xml.WriteEndElement();
    }

    private void WriteMember(XmlWriter xml, DanishMember member)
    {
        xml.WriteStartElement("InstitutionPerson", format.Own);
        xml.WriteAttributeString("source", member.Source);
        if (format.Package != ExportPackage.Lille)
        {
            WriteOptional(xml, "LocalPersonId", format.Common, member.LocalId);
        }

        if (member.Person is { } person)
        {
            WriteLogin(xml, person, format.Login);
            WritePerson(xml, person);
        }

        WriteStudent(xml, member.Student);
        WriteEmployee(xml, member.Employee);
        WriteExtern(xml, member.Extern);
        xml.WriteEndElement();
    }

    /// <summary>In version 6 the user's id stands beside the person.</summary>
    private void WriteLogin(XmlWriter xml, DanishPerson person, string ns)
    {
        if (format.Version == 7 || person.UserId is null)
        {
            return;
        }

        xml.WriteStartElement("UNILogin", ns);
        xml.WriteElementString("UserId", format.Data, person.UserId);
        xml.WriteElementString("Name", format.Data, $"{ShownFirst(person)} {ShownFamily(person)}");
        if (format.Package != ExportPackage.Lille)
        {
            xml.WriteElementString("InitialPassword", format.Data, "x");
            WriteCivicNumber(xml, person);
            xml.WriteElementString("PasswordState", format.Data, "changed");
        }

        xml.WriteEndElement();
    }

    private void WritePerson(XmlWriter xml, DanishPerson person)
    {
        xml.WriteStartElement("Person", format.Own);
        if (format.IsFull && person.Protected is { } isProtected)
        {
            xml.WriteAttributeString("protected", isProtected);
        }

        if (format.IsFull && format.Version == 6)
        {
            xml.WriteAttributeString("verificationLevel", "1");
        }

        xml.WriteElementString("FirstName", format.Data, ShownFirst(person));
        xml.WriteElementString("FamilyName", format.Data, ShownFamily(person));
        if (format.Version == 7)
        {
            WriteOptional(xml, "UserId", format.Data, person.UserId);
        }

        WriteContactData(xml, person);
        if (format.Package == ExportPackage.FuldMyndighed)
        {
            WriteOptional(xml, "AliasFirstName", format.Own, person.AliasFirstName);
            WriteOptional(xml, "AliasFamilyName", format.Own, person.AliasFamilyName);
        }

        xml.WriteEndElement();
    }

    private void WriteContactData(XmlWriter xml, DanishPerson person)
    {
        if (format.Package == ExportPackage.Lille)
        {
            return;
        }

        WriteCivicNumber(xml, person);
        WriteOptional(xml, "EmailAddress", format.Transitional, person.Email);
        WriteOptional(xml, "BirthDate", format.Data, person.BirthDate);
        WriteOptional(xml, "Gender", format.Data, person.Gender);
        if (!format.IsFull)
        {
            return;
        }

        if (!IsHidden(person) && (person.Street ?? person.Country) is not null)
        {
            xml.WriteStartElement("Address", format.Data);
            WriteOptional(xml, "StreetAddress", format.Data, person.Street);
            WriteOptional(xml, "CountryCode", format.Data, person.Country);
            xml.WriteEndElement();
        }

        if (person.MobilePhone is { } phone)
        {
            xml.WriteStartElement("MobilePhoneNumber", format.Phone);
            xml.WriteAttributeString("protected", person.IsProtected ? "true" : "false");
            xml.WriteString(phone);
            xml.WriteEndElement();
        }
    }

    private void WriteCivicNumber(XmlWriter xml, DanishPerson person)
    {
        if (_filter.CivicNumbers && !IsHidden(person))
        {
            WriteOptional(xml, "CivilRegistrationNumber", format.Transitional, person.CivicNumber);
        }
    }

    private void WriteStudent(XmlWriter xml, DanishStudent? student)
    {
        if (student is null)
        {
            return;
        }

        xml.WriteStartElement("Student", format.Own);
        xml.WriteElementString("Role", format.Transitional, student.Role);
        WriteOptional(xml, "StudentNumber", format.Transitional, student.Number);
        xml.WriteElementString("Level", format.Transitional, student.Level);
        xml.WriteElementString("MainGroupId", format.Transitional, student.MainGroup);
        WriteGroups(xml, student.Groups);
        foreach (var contact in format.IsFull && _filter.ContactPersons ? student.Contacts : [])
        {
            xml.WriteStartElement("ContactPerson", format.Own);
            xml.WriteAttributeString("relation", contact.Relation);
            xml.WriteAttributeString("childCustody", contact.Custody);
            xml.WriteAttributeString("accessLevel", contact.AccessLevel);
            WritePerson(xml, contact.Person);
            WriteLogin(xml, contact.Person, format.Own);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void WriteEmployee(XmlWriter xml, DanishEmployee? employee)
    {
        if (employee is null)
        {
            return;
        }

        xml.WriteStartElement("Employee", format.Transitional);
        foreach (var role in employee.Roles)
        {
            xml.WriteElementString("Role", format.Transitional, role);
        }

        WriteOptional(xml, "ShortName", format.Data, employee.ShortName);
        WriteOptional(xml, "Occupation", format.Data, employee.Occupation);
        WriteGroups(xml, employee.Groups);
        xml.WriteEndElement();
    }

    private void WriteExtern(XmlWriter xml, DanishExtern? member)
    {
        if (member is null)
        {
            return;
        }

        xml.WriteStartElement("Extern", format.Data);
        xml.WriteElementString("Role", format.Data, member.Role);
        WriteGroups(xml, member.Groups);
        xml.WriteEndElement();
    }

    private void WriteGroups(XmlWriter xml, IReadOnlyList<string> groups)
    {
        foreach (var group in groups)
        {
            xml.WriteElementString("GroupId", format.Common, group);
        }
    }

    private static void WriteOptional(XmlWriter xml, string name, string ns, string? value)
    {
        if (value is not null)
        {
            xml.WriteElementString(name, ns, value);
        }
    }

    /// <summary>Only the authority's package shows who a protected person really is.</summary>
    private bool IsHidden(DanishPerson person) => person.IsProtected && format.Package != ExportPackage.FuldMyndighed;

    private string ShownFirst(DanishPerson person) => IsHidden(person) ? person.AliasFirstName ?? "" : person.FirstName;

    private string ShownFamily(DanishPerson person) => IsHidden(person) ? person.AliasFamilyName ?? "" : person.FamilyName;
}
