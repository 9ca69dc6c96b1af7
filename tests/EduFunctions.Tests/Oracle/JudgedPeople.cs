using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Oracle;

/// <summary>A reason and what it is about: the unit of a placement or duty, otherwise the person.</summary>
internal readonly record struct Why(string Code, string? Entity);

/// <summary>What became of a person in one role.</summary>
internal sealed record RoleVerdict(string Role, bool IsEligible, IReadOnlyList<Why> Reasons);

/// <summary>Everybody in the pull, with each role he or she is a candidate for.</summary>
internal sealed class JudgedPeople
{
    private static readonly string[] Home = ["", "sverige", "sweden", "se", "swe"];

    private readonly PulledSchool _pull;
    private readonly Choices _choices;
    private readonly Stays _stays;
    private readonly ILookup<string, string> _responsible;
    private readonly ILookup<string, string> _guarded;

    public JudgedPeople(PulledSchool pull, Choices choices, Stays stays)
    {
        (_pull, _choices, _stays) = (pull, choices, stays);
        var relations = pull[Collections.Persons]
            .SelectMany(student => student.Value.Objects("responsibles")
                .Select(row => (Student: student.Key, Row: row, Person: row["person"].Id())))
            .Where(relation => relation.Person is not null)
            .ToList();
        _responsible = relations.ToLookup(relation => relation.Person!, relation => relation.Student);
        _guarded = relations
            .Where(relation => choices.GuardianRelations.Contains(relation.Row.Text("relationType")) && relation.Person != relation.Student)
            .ToLookup(relation => relation.Person!, relation => relation.Student);

        // Guardians depend on who is a student.
        Students = [.. All.Keys.Where(person => StudentOf(person) is { IsEligible: true })];
        Staff = [.. All.Keys.Where(person => StaffOf(person) is { IsEligible: true })];
        Verdicts = All.Keys.ToDictionary(
            person => person,
            person => (IReadOnlyList<RoleVerdict>)[.. new[] { StudentOf(person), StaffOf(person), GuardianOf(person) }.OfType<RoleVerdict>()]);
    }

    public Dictionary<string, JsonObject> All => _pull[Collections.Persons];

    public HashSet<string> Students { get; }

    public HashSet<string> Staff { get; }

    public Dictionary<string, IReadOnlyList<RoleVerdict>> Verdicts { get; }

    private RoleVerdict? StudentOf(string person) => _stays.AtSchool(person) is { Count: > 0 } placements
        ? Judge("student", placements, [.. OfPerson(person), .. IsAbroad(All[person]) ? new Why[] { new("person.abroad", person) } : []])
        : null;

    private RoleVerdict? StaffOf(string person) =>
        _stays.DutiesByPerson[person].ToList() is { Count: > 0 } duties ? Judge("staff", duties, [.. OfPerson(person)]) : null;

    private RoleVerdict? GuardianOf(string person)
    {
        if (!_responsible.Contains(person))
        {
            return null;
        }

        var reasons = OfPerson(person).ToList();
        if (!_guarded[person].Any(Students.Contains))
        {
            reasons.Add(new Why("guardian.noStudent", person));
        }

        return new RoleVerdict("guardian", reasons.Count == 0, reasons);
    }

    private static RoleVerdict Judge(string role, List<Stay> stays, Why[] ofPerson) => new(
        role,
        ofPerson.Length == 0 && stays.Any(stay => stay.Passes),
        [.. ofPerson, .. stays.SelectMany(stay => stay.Failures.Select(code => new Why(code, stay.Unit)))]);

    private IEnumerable<Why> OfPerson(string person)
    {
        var isProtected = _pull.Markings[person].Any(marking => marking is "Sekretessmarkering" or "Skyddad folkbokföring");
        if (isProtected || _pull.Same.Contains(person))
        {
            yield return new Why("person.protected", person);
        }

        // The strictest marking wins, wherever it stands: one that nobody knows wins over none at all.
        if (MarkingIsUnknown(All[person]["securityMarking"]) || (!isProtected && _pull.Markings[person].Any(marking => marking != "Ingen")))
        {
            yield return new Why("person.markingUnknown", person);
        }

        if (All[person].Text("personStatus") == "Avliden")
        {
            yield return new Why("person.deceased", person);
        }
    }

    // A marking nobody knows may mean protection, whatever the tenant accepts.
    private bool MarkingIsUnknown(JsonNode? marking) => marking is null
        ? !_choices.IncludesUnmarked && !_choices.AcceptsUnmarkedProtection
        : marking.AsText() is not ("Ingen" or "Sekretessmarkering" or "Skyddad folkbokföring");

    private static bool IsAbroad(JsonObject person) =>
        person.Text("personStatus") == "Utvandrad"
        || person.Objects("addresses").Any(address =>
            (address.Text("type") ?? "Folkbokföring") == "Folkbokföring"
            && !Home.Contains((address.Text("country") ?? "").Trim().ToLowerInvariant()));
}
