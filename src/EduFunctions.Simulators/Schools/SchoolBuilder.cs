using System.Globalization;
using System.Text.Json.Nodes;

namespace EduFunctions.Simulators.Schools;

/// <summary>
/// Makes little worlds by hand. Everything added would pass every rule as it is; change the returned object to make it fail.
/// Labels become ids by <see cref="Ids.Of(string)"/>.
/// </summary>
public sealed class SchoolBuilder(DateOnly today)
{
    public JsonSchoolData Data { get; } = new();

    public string Today => Day(0);

    public string Day(int fromToday) => today.AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static JsonObject Reference(string label) => new() { ["id"] = Ids.Of(label) };

    public JsonObject Unit(string label, string? parent = null, string type = "Skolenhet", string schoolType = "GR")
    {
        var unit = Add(Collections.Organisations, label);
        unit["displayName"] = Name(label);
        unit["organisationType"] = type;
        unit["municipalityCode"] = "0199";
        unit["schoolTypes"] = new JsonArray(schoolType);
        unit["startDate"] = Day(-1000);
        SetReference(unit, "parentOrganisation", parent);
        return unit;
    }

    /// <summary>Without a unit, somebody who goes to no school yet, such as a preschool child.</summary>
    public JsonObject Student(string label, string? unit, int schoolYear = 7, string schoolType = "GR")
    {
        var student = Person(label, "elev.example", "Skola elev");
        student["enrolments"] = unit is null ? new JsonArray() : new JsonArray(Enrolment(unit, schoolYear, schoolType));
        student["responsibles"] = new JsonArray();
        return student;
    }

    /// <summary>An entry for a student's <c>enrolments</c>.</summary>
    public JsonObject Enrolment(string unit, int schoolYear = 7, string schoolType = "GR") => new()
    {
        ["enroledAt"] = Reference(unit),
        ["schoolType"] = schoolType,
        ["schoolYear"] = schoolYear,
        ["startDate"] = Day(-100),
    };

    /// <summary>Somebody without work so far; a <see cref="Duty"/> gives it.</summary>
    public JsonObject Employee(string label) => Person(label, "skola.example", "Skola personal");

    /// <summary>A guardian of these students, who are there already.</summary>
    public JsonObject Guardian(string label, params string[] students)
    {
        foreach (var student in students)
        {
            Responsible(student, label);
        }

        return Person(label, "post.example", "Privat");
    }

    /// <summary>Names a person, who may have any role or none, as responsible for a student.</summary>
    public JsonObject Responsible(string student, string person, string relation = "Vårdnadshavare")
    {
        var responsible = new JsonObject { ["person"] = Reference(person), ["relationType"] = relation };
        ((JsonArray)Find(Collections.Persons, student)["responsibles"]!).Add((JsonNode)responsible);
        return responsible;
    }

    public JsonObject Group(string label, string unit, string type = "Klass", params string[] members)
    {
        var group = Add(Collections.Groups, label);
        group["displayName"] = Name(label);
        group["groupType"] = type;
        group["organisation"] = Reference(unit);
        group["startDate"] = Day(-100);
        group["groupMemberships"] = Array(members, member => new JsonObject { ["person"] = Reference(member) });
        return group;
    }

    /// <summary>Teachers are named by the labels of their duties.</summary>
    public JsonObject Activity(string label, string unit, string group, string? syllabus = null, params string[] duties)
    {
        var activity = Add(Collections.Activities, label);
        activity["displayName"] = Name(label);
        activity["calendarEventsRequired"] = true;
        activity["organisation"] = Reference(unit);
        activity["startDate"] = Day(-100);
        activity["groups"] = new JsonArray(Reference(group));
        activity["teachers"] = Array(duties, duty => new JsonObject { ["duty"] = Reference(duty) });
        SetReference(activity, "syllabus", syllabus);
        return activity;
    }

    public JsonObject Syllabus(string label, string subjectCode = "GRGRMAT01", string subjectName = "Matematik")
    {
        var syllabus = Add(Collections.Syllabuses, label);
        syllabus["schoolType"] = "GR";
        syllabus["subjectCode"] = subjectCode;
        syllabus["subjectName"] = subjectName;
        syllabus["official"] = true;
        return syllabus;
    }

    public JsonObject Duty(string label, string person, string unit, string role = "Lärare")
    {
        var duty = Add(Collections.Duties, label);
        duty["person"] = Reference(person);
        duty["dutyAt"] = Reference(unit);
        duty["dutyRole"] = role;
        duty["startDate"] = Day(-100);
        return duty;
    }

    public JsonObject Placement(string label, string child, string unit, string? group = null, string schoolType = "FS")
    {
        var placement = Add(Collections.Placements, label);
        placement["placedAt"] = Reference(unit);
        placement["child"] = Reference(child);
        placement["schoolType"] = schoolType;
        placement["startDate"] = Day(-100);
        SetReference(placement, "group", group);
        return placement;
    }

    private JsonObject Person(string label, string domain, string emailType)
    {
        var (person, account) = (Add(Collections.Persons, label), label.Replace(' ', '.'));
        person["givenName"] = Name(label);
        person["familyName"] = "Provhed";
        person["eduPersonPrincipalNames"] = new JsonArray($"{account}@id.example");
        person["securityMarking"] = "Ingen";
        person["personStatus"] = "Aktiv";
        person["emails"] = new JsonArray(new JsonObject { ["value"] = $"{account}@{domain}", ["type"] = emailType });
        person["addresses"] = new JsonArray(Address());
        return person;
    }

    private static JsonObject Address() => new()
    {
        ["type"] = "Folkbokföring",
        ["streetAddress"] = "Provgatan 1",
        ["postalCode"] = "99999",
        ["locality"] = "Nordhamn",
        ["country"] = "Sverige",
    };

    private JsonObject Add(string collection, string label)
    {
        var meta = new JsonObject { ["created"] = "2020-08-01T08:00:00+02:00", ["modified"] = "2020-08-01T08:00:00+02:00" };
        var row = new JsonObject { ["id"] = Ids.Of(label), ["meta"] = meta };
        Data[collection].Add(row);
        return row;
    }

    private JsonObject Find(string collection, string label) =>
        Data[collection].FirstOrDefault(row => (string?)row["id"] == Ids.Of(label))
        ?? throw new ArgumentException($"There is no {label} in {collection} yet.", nameof(label));

    private static void SetReference(JsonObject row, string name, string? label)
    {
        if (label is not null)
        {
            row[name] = Reference(label);
        }
    }

    private static JsonArray Array(string[] labels, Func<string, JsonObject> entry) => [.. labels.Select(entry)];

    private static string Name(string label) => label.Length == 0 ? "" : char.ToUpperInvariant(label[0]) + label[1..];
}
