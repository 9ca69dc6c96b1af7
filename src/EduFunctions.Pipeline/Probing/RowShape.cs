using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Systems.Ss12000;

namespace EduFunctions.Pipeline.Probing;

/// <summary>What of a collection's rows a roster is made of, by the standard's names.</summary>
/// <param name="Required">What a row, or an object in it, cannot be without.</param>
/// <param name="Dates">Days of the calendar.</param>
/// <param name="Words">Open enumerations.</param>
/// <param name="References">Into which collection a reference leads.</param>
internal sealed record RowShape(
    string[] Required, string[] Dates, (string Path, Vocabulary Known)[] Words, (string Path, string To)[] References)
{
    public const string Persons = "persons";
    public const string Organisations = "organisations";

    private static readonly Vocabularies Known = Ss12000Vocabularies.Make();

    public static IReadOnlyDictionary<string, RowShape> Of { get; } = new Dictionary<string, RowShape>(StringComparer.Ordinal)
    {
        [Organisations] = new(
            ["displayName", "organisationType"], ["startDate", "endDate"],
            [("organisationType", Known.UnitTypes), ("schoolTypes", Known.SchoolTypes)], [("parentOrganisation", Organisations)]),
        [Persons] = new(
            ["givenName", "familyName", "enrolments.enroledAt", "enrolments.startDate", "responsibles.person"], ["enrolments.startDate", "enrolments.endDate"],
            [("enrolments.schoolType", Known.SchoolTypes), ("responsibles.relationType", Known.Relations), ("emails.type", Known.EmailTypes)],
            [("enrolments.enroledAt", Organisations), ("responsibles.person", Persons)]),
        ["groups"] = new(
            ["displayName", "groupType", "organisation", "startDate", "groupMemberships.person"],
            ["startDate", "endDate", "groupMemberships.startDate", "groupMemberships.endDate"],
            [("groupType", Known.GroupTypes), ("schoolType", Known.SchoolTypes)], [("organisation", Organisations), ("groupMemberships.person", Persons)]),
        ["placements"] = new(
            ["placedAt", "child", "startDate"], ["startDate", "endDate"],
            [("schoolType", Known.SchoolTypes)], [("placedAt", Organisations), ("child", Persons), ("group", "groups")]),
        ["duties"] = new(
            ["dutyAt", "dutyRole", "startDate"], ["startDate", "endDate", "assignmentRole.startDate", "assignmentRole.endDate"],
            [("dutyRole", Known.DutyRoles), ("assignmentRole.assignmentRoleType", Known.AssignmentRoles)],
            [("dutyAt", Organisations), ("person", Persons), ("assignmentRole.group", "groups")]),
        ["activities"] = new(
            ["groups", "organisation", "startDate", "teachers.duty"], ["startDate", "endDate", "teachers.startDate", "teachers.endDate"],
            [], [("organisation", Organisations), ("groups", "groups"), ("teachers.duty", "duties"), ("syllabus", "syllabuses")]),
        ["syllabuses"] = new(["subjectName"], [], [("schoolType", Known.SchoolTypes)], []),
    };
}
