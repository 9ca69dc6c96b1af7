using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Simulators.OneRoster;

/// <summary>The schools of a world as a sender of OneRoster 1.2 files would write them. Only enrolments and duties, not placements: the form has nothing like them.</summary>
public sealed class OneRosterFiles
{
    private static readonly string[] Names = ["academicSessions", "orgs", "courses", "users", "roles", "classes", "enrollments"];

    private readonly Dictionary<string, StringBuilder> _files = Names.ToDictionary(name => name, _ => new StringBuilder());
    private readonly ISchoolData _school;
    private readonly Dictionary<string, string> _schoolOfDuty = [];
    private readonly Dictionary<string, string> _personOfDuty = [];

    private OneRosterFiles(ISchoolData school) => _school = school;

    /// <summary>By name with ending; change them as a sender would spoil them.</summary>
    public static Dictionary<string, string> Of(ISchoolData school)
    {
        var files = new OneRosterFiles(school);
        files.Write();
        var all = files._files.ToDictionary(file => $"{file.Key}.csv", file => file.Value.ToString());
        all["manifest.csv"] = string.Concat(
            Names.Select(name => $"file.{name},bulk\n").Prepend("oneroster.version,1.2\n").Prepend("manifest.version,1.0\n").Prepend("propertyName,value\n"));
        return all;
    }

    public static void ToFolder(IReadOnlyDictionary<string, string> files, string folder)
    {
        foreach (var (name, content) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), content);
        }
    }

    public static void ToZip(IReadOnlyDictionary<string, string> files, string path)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in files)
        {
            using var entry = zip.CreateEntry($"nordhamn/{name}").Open();
            entry.Write(Encoding.UTF8.GetBytes(content));
        }
    }

    private void Write()
    {
        WriteHeaders();
        Add("academicSessions", "year", "", "", "Läsår", "schoolYear", "2026-01-01", "2027-12-31", "", "2027");
        WriteOrgs();
        WriteCourses();
        WriteRoles();
        WriteUsers();
        WriteClasses();
    }

    private void WriteHeaders()
    {
        Add("academicSessions", "sourcedId", "status", "dateLastModified", "title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear");
        Add("orgs", "sourcedId", "status", "dateLastModified", "name", "type", "identifier", "parentSourcedId");
        Add("courses", "sourcedId", "status", "dateLastModified", "schoolYearSourcedId", "title", "courseCode", "grades", "orgSourcedId", "subjects", "subjectCodes");
        Add("users", "sourcedId", "status", "dateLastModified", "enabledUser", "username", "userIds", "givenName", "familyName", "middleName", "identifier", "email", "sms",
            "phone", "agentSourcedIds", "grades", "password", "userMasterIdentifier", "resourceSourcedIds", "preferredGivenName", "preferredMiddleName",
            "preferredFamilyName", "primaryOrgSourcedId", "pronouns", "metadata.securityMarking");
        Add("roles", "sourcedId", "status", "dateLastModified", "userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId", "userProfileSourcedId");
        Add("classes", "sourcedId", "status", "dateLastModified", "title", "grades", "courseSourcedId", "classCode", "classType", "location", "schoolSourcedId",
            "termSourcedIds", "subjects", "subjectCodes", "periods");
        Add("enrollments", "sourcedId", "status", "dateLastModified", "classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate");
    }

    private void WriteOrgs()
    {
        foreach (var unit in _school.Rows(Collections.Organisations))
        {
            var type = (string?)unit["organisationType"] == "Skolenhet" ? "school" : "district";
            Add("orgs", Of(unit, "id"), "", "", Of(unit, "displayName"), type, Of(unit, "schoolUnitCode"), Reference(unit["parentOrganisation"]));
        }
    }

    private void WriteCourses()
    {
        foreach (var syllabus in _school.Rows(Collections.Syllabuses))
        {
            var (title, code) = (Of(syllabus, "courseName"), Of(syllabus, "courseCode"));
            Add("courses", Of(syllabus, "id"), "", "", "", title.Length > 0 ? title : Of(syllabus, "subjectName"), code, "", FirstOrg(), Of(syllabus, "subjectName"),
                Of(syllabus, "subjectCode"));
        }

        Add("courses", "no-course", "", "", "", "Klass", "", "", FirstOrg(), "", "");
    }

    private void WriteRoles()
    {
        foreach (var person in _school.Rows(Collections.Persons))
        {
            foreach (var enrolment in person["enrolments"]?.AsArray() ?? [])
            {
                AddRole(Of(person, "id"), "student", Of(enrolment!, "startDate"), Of(enrolment!, "endDate"), Reference(enrolment!["enroledAt"]));
            }

            foreach (var responsible in person["responsibles"]?.AsArray() ?? [])
            {
                AddRole(Reference(responsible!["person"]), "parent", "", "", FirstOrg());
            }
        }

        foreach (var duty in _school.Rows(Collections.Duties))
        {
            (_personOfDuty[Of(duty, "id")], _schoolOfDuty[Of(duty, "id")]) = (Reference(duty["person"]), Reference(duty["dutyAt"]));
            AddRole(Reference(duty["person"]), "teacher", Of(duty, "startDate"), Of(duty, "endDate"), Reference(duty["dutyAt"]));
        }
    }

    private void AddRole(string user, string role, string begin, string end, string org) =>
        Add("roles", Number("roles"), "", "", user, "primary", role, begin, end, org, "");

    private void WriteUsers()
    {
        foreach (var person in _school.Rows(Collections.Persons))
        {
            var agents = string.Join(',', (person["responsibles"]?.AsArray() ?? []).Select(responsible => Reference(responsible!["person"])));
            var year = person["enrolments"]?.AsArray().FirstOrDefault()?["schoolYear"]?.ToString() ?? "";
            Add("users", Of(person, "id"), "", "", "true", person["eduPersonPrincipalNames"]?[0]?.ToString() ?? "", "", Of(person, "givenName"),
                Of(person, "familyName"), Of(person, "middleName"), "", person["emails"]?.AsArray().FirstOrDefault()?["value"]?.ToString() ?? "", "", "", agents, year,
                "", "", "", "", "", "", "", "", Of(person, "securityMarking"));
        }
    }

    private void WriteClasses()
    {
        var activities = _school.Rows(Collections.Activities).ToLookup(activity => Reference(activity["groups"]![0]));
        foreach (var group in _school.Rows(Collections.Groups))
        {
            var (id, school, isClass) = (Of(group, "id"), Reference(group["organisation"]), (string?)group["groupType"] == "Klass");
            var course = activities[id].Select(activity => Reference(activity["syllabus"])).FirstOrDefault(syllabus => syllabus.Length > 0) ?? "no-course";
            Add("classes", id, "", "", Of(group, "displayName"), "", course, "", isClass ? "homeroom" : "scheduled", "", school, "year", "", "", "");
            foreach (var member in group["groupMemberships"]!.AsArray())
            {
                AddEnrollment(id, school, Reference(member!["person"]), "student", Of(member, "startDate"), Of(member, "endDate"));
            }

            foreach (var duty in activities[id].SelectMany(activity => activity["teachers"]!.AsArray()).Select(teacher => Reference(teacher!["duty"])))
            {
                AddEnrollment(id, _schoolOfDuty[duty], _personOfDuty[duty], "teacher", "", "");
            }
        }
    }

    private void AddEnrollment(string group, string school, string user, string role, string begin, string end) =>
        Add("enrollments", Number("enrollments"), "", "", group, school, user, role, "", begin, end);

    private string FirstOrg() => _school.Rows(Collections.Organisations).Select(unit => Of(unit, "id")).First();

    private string Number(string file) => _files[file].ToString().Count(c => c == '\n').ToString(CultureInfo.InvariantCulture);

    private static string Of(JsonNode row, string name) => row[name]?.ToString() ?? "";

    private static string Reference(JsonNode? reference) => reference?["id"]?.ToString() ?? "";

    private void Add(string file, params IEnumerable<string> fields) =>
        _files[file].Append(string.Join(',', fields.Select(field => field.AsSpan().ContainsAny(",\"\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field))).Append('\n');
}
