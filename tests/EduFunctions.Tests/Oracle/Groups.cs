using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Oracle;

/// <summary>Every group, and why it becomes no class.</summary>
internal sealed class Groups
{
    public const string Teaching = "Undervisning";

    private static readonly string[] Types = [Teaching, "Klass", "Mentor", "Avdelning", "Personalgrupp"];

    private readonly PulledSchool _pull;
    private readonly Choices _choices;
    private readonly Units _units;
    private readonly Window _window;

    public Groups(PulledSchool pull, Choices choices, Units units, Window window)
    {
        (_pull, _choices, _units, _window) = (pull, choices, units, window);
        Activities = pull[Collections.Activities].Values.Where(window.Strict)
            .SelectMany(activity => activity.Objects("groups").Select(group => (Group: group.Id(), Activity: activity)))
            .Where(pair => pair.Group is not null)
            .ToLookup(pair => pair.Group!, pair => pair.Activity);
        Failures = pull[Collections.Groups].ToDictionary(group => group.Key, group => FailuresOf(group.Key, group.Value).ToArray());
    }

    /// <summary>Activities in their window, by the groups they name.</summary>
    public ILookup<string, JsonObject> Activities { get; }

    public Dictionary<string, string[]> Failures { get; }

    public IEnumerable<KeyValuePair<string, JsonObject>> Eligible =>
        _pull[Collections.Groups].Where(group => Failures[group.Key].Length == 0);

    public IEnumerable<string> SyllabusesOf(string group) => Activities[group]
        .Select(activity => activity["syllabus"].Id())
        .OfType<string>()
        .Where(_pull[Collections.Syllabuses].ContainsKey)
        .Distinct();

    private IEnumerable<string> FailuresOf(string id, JsonObject group)
    {
        if (!Types.Contains(group.Text("groupType")))
        {
            yield return "group.type";
        }

        if (!_units.IsEligible(group["organisation"].Id()))
        {
            yield return "group.unit";
        }

        if (!_window.Strict(group))
        {
            yield return "group.dates";
        }

        if (!new Selection(_choices).GroupIsToLms(group))
        {
            yield return "group.toLms";
        }

        if (_choices.SchoolTypes is { Length: > 0 } types && group.Text("schoolType") is { } type && !types.Contains(type))
        {
            yield return "group.schoolType";
        }

        if (group.Text("groupType") == Teaching && !SyllabusesOf(id).Any())
        {
            yield return "group.noSyllabus";
        }
    }
}
