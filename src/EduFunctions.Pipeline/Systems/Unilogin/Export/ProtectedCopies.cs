using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>Collects from a document, read once more, by what its protected persons would be recognised, in every copy of them.</summary>
internal sealed class ProtectedCopies
{
    private readonly ExportXml _xml;
    private readonly IReadOnlySet<EntityId> _protected;
    private readonly List<PersonalValue> _values = [];

    private ProtectedCopies(ExportXml xml, IReadOnlySet<EntityId> ids) => (_xml, _protected) = (xml, ids);

    public static List<PersonalValue> Read(Stream document, string institution, IReadOnlySet<EntityId> ids)
    {
        using var xml = new ExportXml(document, institution);
        var copies = new ProtectedCopies(xml, ids);
        xml.FindExport();
        for (var export = xml.Enter(); xml.Next(export);)
        {
            for (var inside = xml.Name == "Institution" ? xml.Enter() : -1; xml.Next(inside);)
            {
                if (xml.Name == "InstitutionPerson")
                {
                    copies.ReadCopy(isContact: false);
                }
            }
        }

        xml.Finish();
        return copies._values;
    }

    /// <summary><c>InstitutionPerson</c> or <c>ContactPerson</c>.</summary>
    private void ReadCopy(bool isContact)
    {
        var copy = new Copy(isContact);
        for (var inside = _xml.Enter(); _xml.Next(inside);)
        {
            switch (_xml.Name)
            {
                case "Person" or "UNILogin":
                    ReadPerson(copy);
                    break;
                case "Student":
                    ReadContacts();
                    break;
            }
        }

        if (_protected.Contains(copy.Id))
        {
            _values.AddRange(copy.Values());
        }
    }

    private void ReadContacts()
    {
        for (var student = _xml.Enter(); _xml.Next(student);)
        {
            if (_xml.Name == "ContactPerson")
            {
                ReadCopy(isContact: true);
            }
        }
    }

    private void ReadPerson(Copy copy)
    {
        for (var person = _xml.Enter(); _xml.Next(person);)
        {
            switch (_xml.Name)
            {
                case "UserId":
                    TextIds.TryAdd(_xml.Text(), out copy.Id);
                    break;
                case "FirstName":
                    copy.FirstName = Text();
                    break;
                case "FamilyName":
                    copy.FamilyName = Text();
                    break;
                case "CivilRegistrationNumber":
                    copy.Add(PersonalKind.CivicNumber, Text());
                    break;
                case "EmailAddress":
                    copy.Add(copy.IsContact ? PersonalKind.PrivateEmail : PersonalKind.Email, Text());
                    break;
                case "HomePhoneNumber" or "WorkPhoneNumber" or "MobilePhoneNumber":
                    copy.Add(PersonalKind.Phone, Text());
                    break;
                case "Address":
                    ReadAddress(copy);
                    break;
            }
        }
    }

    private void ReadAddress(Copy copy)
    {
        for (var address = _xml.Enter(); _xml.Next(address);)
        {
            if (_xml.Name == "StreetAddress")
            {
                copy.Add(PersonalKind.Address, Text());
            }
        }
    }

    private string Text() => Encoding.UTF8.GetString(_xml.Text());

    /// <summary>The names of the authority's package are the real ones, elsewhere they are aliases: neither may leave.</summary>
    private sealed class Copy(bool isContact)
    {
        private readonly List<(PersonalKind Kind, string Value)> _values = [];
        public EntityId Id;

        public bool IsContact => isContact;

        public string FirstName { get; set; } = "";

        public string FamilyName { get; set; } = "";

        public void Add(PersonalKind kind, string value)
        {
            if (value.Length > 0)
            {
                _values.Add((kind, value));
            }
        }

        public IEnumerable<PersonalValue> Values() =>
        [
            .. PersonalNames.Of(Id, [FirstName], middle: null, [FamilyName]),
            .. _values.Select(value => new PersonalValue(Id, value.Kind, value.Value)),
        ];
    }
}
