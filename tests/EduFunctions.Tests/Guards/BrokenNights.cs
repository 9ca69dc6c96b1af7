using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;

namespace EduFunctions.Tests.Guards;

/// <param name="Code">What is held, beside other things.</param>
/// <param name="Break">What the source says instead of the town, at the schools of the persons that are meant.</param>
internal sealed record BrokenNight(HoldCode Code, RowKind Kind, Func<RosterSketch, Predicate<SketchPerson>, RosterSketch> Break);

/// <summary>What sources have been seen to do, or may do: each of it is held.</summary>
internal static class BrokenNights
{
    public static IReadOnlyDictionary<string, BrokenNight> All { get; } = new Dictionary<string, BrokenNight>(StringComparer.Ordinal)
    {
        ["pupils under new ids"] = new(HoldCode.IdsChanged, RowKind.Students, (town, at) => town.Rekeyed(person => at(person) && person.IsPupil())),
        ["half of the pupils under new ids, others gone"] = new(HoldCode.IdsChanged, RowKind.Students, (town, at) => town
            .Rekeyed(person => at(person) && person.IsPupil() && person.Number() % 2 == 0)
            .Without(person => at(person) && person.IsPupil() && person.Number() is > 0 and < 33 && person.Number() % 2 == 1)),
        ["pupils under new ids and names"] = new(HoldCode.Additions, RowKind.Students, (town, at) =>
            town.Rekeyed(person => at(person) && person.IsPupil(), pupil => pupil with { Name = $"Other {pupil.Id}", Email = "", Login = "" })),
        ["a fifth of the pupils under new ids and names"] = new(HoldCode.OtherHalf, RowKind.Students, (town, at) =>
            town.Rekeyed(person => at(person) && person.IsPupil() && person.Number() % 5 == 0, pupil => pupil with { Name = $"Other {pupil.Id}", Email = "", Login = "" })),
        ["pupils under new ids, most with new names"] = new(HoldCode.IdsChanged, RowKind.Students, (town, at) => town.Rekeyed(
            person => at(person) && person.IsPupil(), pupil => pupil.Number() % 5 < 3 ? pupil with { Name = $"Other {pupil.Id}", Email = "", Login = "" } : pupil)),
        ["pupils under new ids and names with the same login"] = new(HoldCode.IdsChanged, RowKind.Students, (town, at) =>
            town.Rekeyed(person => at(person) && person.IsPupil(), pupil => pupil with { Name = $"Other {pupil.Id}", Email = "" })),
        ["classes under new ids and names"] = new(HoldCode.IdsChanged, RowKind.Sections, (town, at) =>
            town.Sections(section => [At(section, at) ? section with { Id = section.Id + 500_000, Name = $"Other {section.Id}" } : section])),
        ["teachers under new ids"] = new(HoldCode.IdsChanged, RowKind.Staff, (town, at) => town.Rekeyed(person => at(person) && person.IsTeacher())),
        ["guardians under new ids"] = new(HoldCode.IdsChanged, RowKind.Guardians, (town, at) => town.Rekeyed(person => at(person) && person.IsGuardian())),
        ["classes under new ids"] = new(HoldCode.IdsChanged, RowKind.Sections, (town, at) =>
            town.Sections(section => [At(section, at) ? section with { Id = section.Id + 500_000 } : section])),
        ["schools under new ids"] = new(HoldCode.Changes, RowKind.Students, (town, at) => town.Moved(school => AtSchool(school, at), school => school + 500)),
        ["schools merged with another"] = new(HoldCode.Changes, RowKind.Students, (town, at) => town.Moved(school => AtSchool(school, at), _ => town.Units[^1])),
        ["everybody twice"] = new(HoldCode.Additions, RowKind.Students, (town, at) => town.Doubled(person => at(person) && person.IsPupil())),
        ["half of the pupils gone"] = new(HoldCode.Removals, RowKind.Students, (town, at) =>
            town.Without(person => at(person) && person.IsPupil() && person.Number() % 2 == 0)),
        ["an eighth of the pupils gone"] = new(HoldCode.Removals, RowKind.Students, (town, at) =>
            town.Without(person => at(person) && person.IsPupil() && person.Number() % 100 < 13)),
        ["all pupils gone"] = new(HoldCode.Removals, RowKind.Students, (town, at) => town.Without(person => at(person) && person.IsPupil())),
        ["nobody left"] = new(HoldCode.Removals, RowKind.Students, (town, at) => town.Without(at.Invoke).Sections(section => At(section, at) ? [] : [section])),
        ["nine of twelve teachers gone"] = new(HoldCode.Removals, RowKind.Staff, (town, at) =>
            town.Without(person => at(person) && person.IsTeacher() && person.Number() < 9)),
        ["four of twelve teachers gone"] = new(HoldCode.Removals, RowKind.Staff, (town, at) =>
            town.Without(person => at(person) && person.IsTeacher() && person.Number() < 4)),
        ["teachers who count as pupils"] = new(HoldCode.Removals, RowKind.Staff, (town, at) => town.Changing(
            person => at(person) && person.IsTeacher(), teacher => teacher with { Roles = Roles.Student, StudentUnits = teacher.StaffUnits, StaffUnits = [] })),
        ["guardians gone"] = new(HoldCode.Removals, RowKind.Guardians, (town, at) => town.Without(person => at(person) && person.IsGuardian())),
        ["half of the classes gone"] = new(HoldCode.Removals, RowKind.Sections, (town, at) =>
            town.Sections(section => At(section, at) && section.Id % 2 == 0 ? [] : [section])),
        ["classes without pupils"] = new(HoldCode.Removals, RowKind.Memberships, (town, at) =>
            town.Sections(section => [At(section, at) ? section with { Members = [] } : section])),
        ["classes without teachers"] = new(HoldCode.Changes, RowKind.Sections, (town, at) =>
            town.Sections(section => [At(section, at) ? section with { Teachers = [] } : section])),
        ["another mail domain"] = new(HoldCode.Changes, RowKind.Students, (town, at) => town.Changing(
            person => at(person) && person.IsPupil(), pupil => pupil with { Email = pupil.Email.Replace("elev", "skola", StringComparison.Ordinal) })),
        ["names, mail and login of the neighbour"] = new(HoldCode.Column, RowKind.Students, (town, at) => town.Exchanging(person => at(person) && person.IsPupil())),
        ["a fifth of the ids handed to others"] = new(HoldCode.Column, RowKind.Students, (town, at) =>
            town.Exchanging(person => at(person) && person.IsPupil() && person.Number() % 5 == 0)),
        ["guardians of other children"] = new(HoldCode.Column, RowKind.Guardians, (town, at) => town.Changing(
            person => at(person) && person.IsGuardian() && person.Number() is > 0 and < 21, guardian => guardian with { Students = [guardian.Students[0] - 1] })),
        ["classes of one name"] = new(HoldCode.Column, RowKind.Sections, (town, at) =>
            town.Sections(section => [At(section, at) ? section with { Name = "Klass" } : section])),
        ["everybody in every class"] = new(HoldCode.Additions, RowKind.Memberships, (town, at) => town.Sections(section => [At(section, at)
            ? section with { Members = [.. town.Persons.Where(person => person.IsPupil() && person.SchoolOf() == section.Unit).Select(person => person.Id)] } : section])),
        ["classes with each other's pupils"] = new(HoldCode.Additions, RowKind.Memberships, (town, at) => town.Sections(section => [At(section, at)
            ? section with { Members = town.Sections.Single(other => other.Id == (section.Id % 2 == 0 ? section.Id + 1 : section.Id - 1)).Members } : section])),
        ["most without mail"] = new(HoldCode.Changes, RowKind.Students, (town, at) => town.Changing(
            person => at(person) && person.IsPupil() && person.Number() % 10 < 7, pupil => pupil with { Email = "", Login = "" })),
        ["no given names"] = new(HoldCode.Changes, RowKind.Students, (town, at) => town.Changing(person => at(person) && person.IsPupil(), pupil => pupil with { Name = "" })),
        ["names read as another encoding"] = new(HoldCode.TextMisread, RowKind.Students, (town, at) => town.Changing(
            person => at(person) && person.IsPupil() && person.Number() % 2 == 0, pupil => pupil with { Name = pupil.Name.Replace("Å", "Ã…", StringComparison.Ordinal) })),
        ["one name with a question mark"] = new(HoldCode.TextLost, RowKind.Students, (town, at) => town.Changing(
            person => at(person) && person.IsPupil() && person.Number() == 7, pupil => pupil with { Name = pupil.Name.Replace('Å', '?') })),
        ["names of teachers with U+FFFD"] = new(HoldCode.TextLost, RowKind.Staff, (town, at) => town.Changing(
            person => at(person) && person.IsTeacher(), teacher => teacher with { Name = teacher.Name.Replace('Ö', '\uFFFD') })),
        ["names of classes read as another encoding"] = new(HoldCode.TextMisread, RowKind.Sections, (town, at) => town.Sections(section =>
            [At(section, at) ? section with { Name = section.Name.Replace("Ö", "Ã\u0096", StringComparison.Ordinal) } : section])),
    };

    private static bool At(SketchSection section, Predicate<SketchPerson> at) => AtSchool(section.Unit, at);

    private static bool AtSchool(int school, Predicate<SketchPerson> at) => at(new SketchPerson(school * 10_000, Roles.Student, "", "", true));
}
