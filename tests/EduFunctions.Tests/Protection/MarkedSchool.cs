using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Protection;

/// <summary>A school in which every value of every protected person is a string that stands nowhere else.</summary>
internal sealed class MarkedSchool
{
    private readonly SchoolBuilder _unlisted = new(Night.Today);
    private readonly List<string> _ids = [];
    private readonly List<string> _values = [];

    public MarkedSchool()
    {
        School.Unit("north");
        School.Unit("south");
        School.Syllabus("maths");
        foreach (var pupil in new[] { "alva", "bo", "cia", "hidden", "renamed", "referred" })
        {
            School.Student(pupil, "north");
        }

        School.Employee("hugo");
        School.Duty("hugo's", "hugo", "north");
        School.Employee("ghost");
        School.Duty("ghost's", "ghost", "north");
        School.Guardian("gun", "alva", "hidden");
        School.Guardian("veiled", "bo");
        Mark(School.Responsible("cia", "unlisted")["person"]!.AsObject());
        School.Group("7a", "north", "Klass", "alva", "bo", "cia", "hidden", "renamed", "referred");
        School.Group("maths 7", "north", "Undervisning", "alva", "hidden");
        School.Activity("lesson", "north", "maths 7", "maths", "hugo's", "ghost's");
        School.Activity("class hour", "north", "7a", null, "ghost's");
        School.Placement("leisure", "hidden", "north", "7a", "FTH");
        _unlisted.Guardian("unlisted");
        Protect();
    }

    public SchoolBuilder School { get; } = new(Night.Today);

    /// <summary>Whom only a look-up hands out.</summary>
    public ISchoolData Unlisted => _unlisted.Data;

    public IReadOnlyList<string> Ids => _ids;

    /// <summary>Names, numbers, addresses: everything but ids.</summary>
    public IReadOnlyList<string> Values => _values;

    public static string Given(string label) => $"Zqg{label}";

    public static string Family(string label) => $"Zqf{label}";

    public JsonObject Person(string label) => Find(School, label);

    /// <summary>Marks on the person, on a reference, and in a copy that a later one replaces.</summary>
    private void Protect()
    {
        foreach (var label in new[] { "hidden", "ghost", "veiled" })
        {
            Mark(Give(Person(label), label, _ids.Count));
        }

        Mark(Give(Find(_unlisted, "unlisted"), "unlisted", _ids.Count));
        Give(Person("referred"), "referred", _ids.Count);
        Mark(School.Group("secret", "south", "Klass", "referred")["groupMemberships"]![0]!["person"]!.AsObject());

        var earlier = (JsonObject)Give(Person("renamed"), "renamed", _ids.Count).DeepClone();
        Mark(Give(earlier, "earlier", _ids.Count));
        School.Data[Collections.Persons].Insert(0, earlier);

        // What is wrong about them is found, too.
        Person("hidden")["enrolments"]![0]!["endDate"] = "2026-02-30";
        Person("ghost")["personStatus"] = "Zqstatus";
        Person("hidden")["addresses"]![0]!["country"] = "Norge";
        _values.AddRange(["Zqstatus"]);
    }

    private static void Mark(JsonObject person) => person["securityMarking"] = "Sekretessmarkering";

    private JsonObject Give(JsonObject person, string label, int number)
    {
        string[] given =
        [
            Given(label), $"Zqm{label}", Family(label), $"zqe{label}@elev.example", $"zqs{label}@skola.example", $"zqp{label}@post.example",
            $"zqu{label}@id.example", $"20130101-98{80 + number}", $"070-98765{number}0", $"Zqgatan{label} {number + 1}", $"zqx{label}-{number}",
        ];
        (person["givenName"], person["middleName"], person["familyName"]) = (given[0], given[1], given[2]);
        person["emails"] = new JsonArray(Email(given[3], "Skola elev"), Email(given[4], "Skola personal"), Email(given[5], "Privat"));
        person["eduPersonPrincipalNames"] = new JsonArray(given[6], $"second.{given[6]}");
        person["civicNo"] = new JsonObject { ["value"] = given[7] };
        person["phoneNumbers"] = new JsonArray(new JsonObject { ["value"] = given[8] });
        person["addresses"]![0]!["streetAddress"] = given[9];
        person["externalIdentifiers"] = new JsonArray(new JsonObject { ["value"] = given[10], ["context"] = "secret" });
        _ids.Add((string)person["id"]!);
        _values.AddRange(given);
        _values.Add(given[7].Replace("-", "", StringComparison.Ordinal));
        return person;
    }

    private static JsonObject Email(string value, string type) => new() { ["value"] = value, ["type"] = type };

    private static JsonObject Find(SchoolBuilder school, string label) =>
        school.Data[Collections.Persons].First(person => (string?)person["id"] == EduFunctions.Simulators.Schools.Ids.Of(label));
}
