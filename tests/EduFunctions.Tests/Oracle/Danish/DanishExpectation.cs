using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Simulators.Unilogin;

namespace EduFunctions.Tests.Oracle.Danish;

/// <summary>
/// What a Danish pull should come to, worked out a second time from the schools themselves, in the plainest way and as lines of text: who has which
/// role and why not, who learns and teaches where, who answers for whom.
/// </summary>
internal sealed class DanishExpectation
{
    private readonly IReadOnlyList<DanishInstitution> _schools;
    private readonly EligibilitySettings _settings;
    private readonly DateOnly _today;
    private readonly ILookup<string, DanishPerson> _copies;
    private readonly List<(string Unit, DanishMember Member)> _members;
    private readonly HashSet<string> _students;
    private readonly HashSet<string> _staff;

    public DanishExpectation(IReadOnlyList<DanishInstitution> schools, EligibilitySettings settings, DateOnly today)
    {
        (_schools, _settings, _today) = (schools, settings, today);
        _copies = schools.SelectMany(school => school.Members).SelectMany(Everybody).Where(person => person.UserId is not null).ToLookup(person => person.UserId!);
        _members = [.. schools.SelectMany(school => school.Members.Where(member => member.Person?.UserId is not null).Select(member => (school.Number, member)))];
        _students = [.. _members.Where(at => at.Member.Student is not null).Select(at => at.Member.Person!.UserId!).Where(id => OfStudent(id).Count == 0)];
        _staff = [.. _members.Where(at => Passes(at.Member)).Select(at => at.Member.Person!.UserId!).Where(id => OfPerson(id).Count == 0)];
    }

    /// <summary>Nobody is marked, so nothing can be said.</summary>
    public bool IsHeld => !_settings.AcceptUnmarkedProtection && _copies.Count > 0 && _copies.All(person => person.All(copy => copy.Protected is null));

    public IEnumerable<string> Lines() =>
    [
        .. _schools.Select(school => $"unit {school.Number} {school.Name ?? school.Number}"),
        .. _copies.Select(person => person.Key).SelectMany(Roles),
        .. _schools.SelectMany(Sections),
        .. _students.Select(id => $"year {id} {Year(id)}"),
        .. _members.Where(at => at.Member.Student is not null && _students.Contains(at.Member.Person!.UserId!)).Select(at => $"student {at.Member.Person!.UserId} at {at.Unit}").Distinct(),
        .. _members.Where(at => Passes(at.Member) && _staff.Contains(at.Member.Person!.UserId!))
            .SelectMany(at => Duties(at.Member).Select(role => $"{role} {at.Member.Person!.UserId} at {at.Unit}")),
        .. Contacts().Where(named => Guards(named) && OfPerson(named.Contact.Person.UserId!).Count == 0).Select(named => $"{named.Contact.Person.UserId} guards {named.Student}").Distinct(),
    ];

    private static IEnumerable<DanishPerson> Everybody(DanishMember member) =>
    [
        .. member.Person is { } person ? [person] : Array.Empty<DanishPerson>(),
        .. member.Student?.Contacts.Select(contact => contact.Person) ?? [],
    ];

    private IEnumerable<string> Roles(string id)
    {
        var own = _members.Where(at => at.Member.Person!.UserId == id).Select(at => at.Member).ToList();
        if (own.Any(member => member.Student is not null))
        {
            yield return Role("student", id, _students.Contains(id), OfStudent(id));
        }

        if (own.Any(member => Duties(member).Count > 0))
        {
            var isExtern = own.Any(member => member.Extern is not null && !_settings.IncludeExtern);
            yield return Role("staff", id, _staff.Contains(id), isExtern ? [.. OfPerson(id), "person.extern"] : OfPerson(id));
        }

        var naming = Contacts().Where(named => named.Contact.Person.UserId == id).ToList();
        if (naming.Count > 0)
        {
            var reasons = OfPerson(id);
            var eligible = naming.Where(named => named.Student != id && _students.Contains(named.Student)).ToList();
            reasons.AddRange(eligible.Count == 0 ? ["guardian.noStudent"] : []);
            reasons.AddRange((eligible.Count == 0 ? naming : eligible).Any(HasCustody) ? [] : ["guardian.custody"]);
            yield return Role("guardian", id, reasons.Count == 0, reasons);
        }
    }

    private IEnumerable<string> Sections(DanishInstitution school)
    {
        var latest = school.Imports.Max(import => Start(import.SchoolYear));
        foreach (var group in school.Groups.GroupBy(group => group.Id).Select(same => same.Last()).Where(IsTaken))
        {
            var id = $"{school.Number}-{group.Id}";
            yield return $"section {id} {Kind(group.Type)} {group.Name ?? group.Id}";
            foreach (var student in school.Members
                .Where(member => member.Student is { } student && (student.MainGroup == group.Id || student.Groups.Contains(group.Id)))
                .Where(member => member.Person!.UserId is { } person && _students.Contains(person) && !IsSuperseded(school, member, latest))
                .Select(member => member.Person!.UserId).Distinct())
            {
                yield return $"{student} learns in {id}";
            }

            foreach (var teacher in school.Members
                .Where(member => (member.Employee?.Groups ?? member.Extern?.Groups ?? []).Contains(group.Id))
                .Where(member => Passes(member) && member.Person!.UserId is { } person && _staff.Contains(person))
                .Select(member => member.Person!.UserId).Distinct())
            {
                yield return $"{teacher} teaches {id}";
            }
        }
    }

    private static bool IsSuperseded(DanishInstitution school, DanishMember member, int latest) =>
        IsOutdated(school, member, latest)
        && school.Members.Any(other => other.Student is not null && other.Person!.UserId == member.Person!.UserId && !IsOutdated(school, other, latest));

    private static bool IsOutdated(DanishInstitution school, DanishMember member, int latest) =>
        school.Imports.FirstOrDefault(import => import.Source == member.Source) is { } import && Start(import.SchoolYear) < latest;

    private bool IsTaken(DanishGroup group) =>
        (group.Type is "Hovedgruppe" or "Hold" || _settings.GroupTypes.Contains(group.Type))
        && (group.From is null || (Day(group.From) is { } from && from < _today.AddDays(_settings.DateMarginDays)))
        && (group.To is null || (Day(group.To) is { } to && to > _today.AddDays(-_settings.DateMarginDays)));

    private string Year(string id)
    {
        var years =
            from at in _members
            where at.Member.Person!.UserId == id && at.Member.Student is not null
            let school = _schools.Single(school => school.Number == at.Unit)
            where !IsSuperseded(school, at.Member, school.Imports.Max(import => Start(import.SchoolYear)))
            where int.TryParse(at.Member.Student!.Level, out _)
            let year = int.Parse(at.Member.Student!.Level, CultureInfo.InvariantCulture)
            orderby Encoding.UTF8.GetBytes(at.Unit)[0], at.Unit, year descending
            select year;
        return years.Select(year => $"{year}").FirstOrDefault("-1");
    }

    private List<string> OfStudent(string id)
    {
        var abroad = _copies[id].Any(copy =>
            copy.Protected is not ("true" or "1") && copy.Country is { } country && !country.Equals("DK", StringComparison.OrdinalIgnoreCase));
        return abroad ? [.. OfPerson(id), "person.abroad"] : OfPerson(id);
    }

    private List<string> OfPerson(string id)
    {
        var markings = _copies[id].Select(copy => copy.Protected).ToList();
        return markings.Any(marking => marking is "true" or "1") ? ["person.protected"]
            : markings.Contains("måske") || (markings.All(marking => marking is null) && !_settings.AcceptUnmarkedProtection) ? ["person.markingUnknown"]
            : [];
    }

    private IEnumerable<(string Student, DanishContact Contact)> Contacts() =>
        from at in _members
        from contact in at.Member.Student?.Contacts ?? []
        where contact.Person.UserId is not null
        select (at.Member.Person!.UserId!, contact);

    private bool Guards((string Student, DanishContact Contact) named) =>
        HasCustody(named) && named.Student != named.Contact.Person.UserId && _students.Contains(named.Student);

    private bool HasCustody((string Student, DanishContact Contact) named) =>
        named.Contact.Custody is "true" or "1" || _settings.ContactRelations.Contains(named.Contact.Relation);

    private bool Passes(DanishMember member) => member.Employee is not null || (member.Extern is not null && _settings.IncludeExtern);

    private static IReadOnlyList<string> Duties(DanishMember member) =>
        member.Employee?.Roles ?? (member.Extern is { } known ? [known.Role] : []);

    private static string Role(string role, string id, bool isEligible, IEnumerable<string> reasons) =>
        $"{role} {id} {isEligible}: {string.Join(", ", reasons.Order(StringComparer.Ordinal))}";

    private static string Kind(string type) => type switch { "Hovedgruppe" => "Klass", "Hold" => "Undervisning", _ => type };

    private static int Start(string schoolYear) => int.Parse(schoolYear[..4], CultureInfo.InvariantCulture);

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : null;
}
