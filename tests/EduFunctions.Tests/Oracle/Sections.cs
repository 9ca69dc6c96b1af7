using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Oracle;

/// <summary>What becomes a class: a group, or a group together with one of its syllabuses.</summary>
internal sealed record Section(
    string Id, JsonObject Group, string Type, string Unit, string? Syllabus, HashSet<string> Members, HashSet<string> Teachers);

internal sealed class Sections
{
    private readonly PulledSchool _pull;
    private readonly Groups _groups;
    private readonly Stays _stays;
    private readonly JudgedPeople _people;
    private readonly Window _window;

    public Sections(PulledSchool pull, Groups groups, Stays stays, JudgedPeople people, Window window)
    {
        (_pull, _groups, _stays, _people, _window) = (pull, groups, stays, people, window);
        All = [.. groups.Eligible.SelectMany(group => SectionsOf(group.Key, group.Value))];
    }

    public IReadOnlyList<Section> All { get; }

    private IEnumerable<Section> SectionsOf(string id, JsonObject group)
    {
        var type = group.Text("groupType")!;
        var unit = group["organisation"].Id()!;
        var members = MembersOf(id, group, type).ToHashSet();
        if (type != Groups.Teaching)
        {
            var teachers = TeachersOf(_groups.Activities[id]).Concat(type is "Klass" or "Mentor" ? MentorsOf(id) : []);
            return [new Section(id, group, type, unit, null, members, [.. teachers])];
        }

        return _groups.SyllabusesOf(id).Select(syllabus => new Section(
            Uuid5.Of($"section|{id}|{syllabus}"),
            group,
            type,
            unit,
            syllabus,
            members,
            [.. TeachersOf(_groups.Activities[id].Where(activity => activity["syllabus"].Id() == syllabus))]));
    }

    private IEnumerable<string> MembersOf(string id, JsonObject group, string type)
    {
        var eligible = type == "Personalgrupp" ? _people.Staff : _people.Students;
        var named = group.Objects("groupMemberships").Where(_window.Open).Select(membership => membership["person"].Id());
        var placed = _pull[Collections.Placements].Values
            .Where(placement => placement["group"].Id() == id && _window.Strict(placement))
            .Select(placement => placement["child"].Id())
            .Where(child => child is not null && _people.Students.Contains(child));
        return named.Concat(placed).OfType<string>().Where(eligible.Contains);
    }

    private IEnumerable<string> TeachersOf(IEnumerable<JsonObject> activities) => activities
        .SelectMany(activity => activity.Objects("teachers"))
        .Where(_window.Open)
        .Select(teacher => WorkerOf(teacher["duty"].Id()))
        .OfType<string>();

    private IEnumerable<string> MentorsOf(string group) => _pull[Collections.Duties]
        .Where(duty => duty.Value.Objects("assignmentRole").Any(role =>
            role.Text("assignmentRoleType") == "Mentor" && role["group"].Id() == group && _window.Open(role)))
        .Select(duty => WorkerOf(duty.Key))
        .OfType<string>();

    /// <summary>The eligible member of staff behind a duty that counts.</summary>
    private string? WorkerOf(string? duty) =>
        duty is not null && _stays.Duties.TryGetValue(duty, out var stay) && stay.Passes && _people.Staff.Contains(stay.Person)
            ? stay.Person
            : null;
}
