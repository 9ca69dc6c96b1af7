using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Guards;

/// <summary>Schools of a given size, each with one class and one teacher, and what may become of them by the next night.</summary>
internal static class GuardTown
{
    /// <summary>Pupils are labelled by school and number: <c>berget0</c>, <c>berget1</c> …</summary>
    public static JsonSchoolData Of(params (string School, int Pupils)[] schools) => WithIdsOf("", schools);

    /// <summary>The same people; a prefix gives every pupil another id.</summary>
    public static JsonSchoolData WithIdsOf(string prefix, params (string School, int Pupils)[] schools)
    {
        var town = new SchoolBuilder(Night.Today);
        foreach (var (school, pupils) in schools)
        {
            town.Unit(school);
            var labels = Enumerable.Range(0, pupils).Select(number => $"{school}{number}").ToList();
            foreach (var label in labels)
            {
                var pupil = town.Student(prefix + label, school);
                pupil["givenName"] = label;
                pupil["emails"]![0]!["value"] = $"{label}@elev.example";
                pupil["eduPersonPrincipalNames"] = new JsonArray($"{label}@id.example");
            }

            town.Employee($"{school}-teacher");
            town.Duty($"{school}-duty", $"{school}-teacher", school);
            town.Group($"{school}-class", school, "Klass", [.. labels.Select(label => prefix + label)]);
            town.Activity($"{school}-lesson", school, $"{school}-class", null, $"{school}-duty");
        }

        return town.Data;
    }

    public static EditedSchoolData Next(this ISchoolData town) => new(town);

    /// <summary>Without the last pupils of a school, who are also out of its class.</summary>
    public static EditedSchoolData Losing(this EditedSchoolData town, string school, int from, int to)
    {
        var gone = Enumerable.Range(from, to - from).Select(number => Ids.Of($"{school}{number}")).ToHashSet();
        town.Remove(Collections.Persons, person => gone.Contains((string)person["id"]!));
        return town.Edit(Collections.Groups, Ids.Of($"{school}-class"), group => group["groupMemberships"] = new JsonArray(
            [.. group["groupMemberships"]!.AsArray().Where(row => !gone.Contains((string)row!["person"]!["id"]!)).Select(row => row!.DeepClone())]));
    }

    /// <summary>Without one pupil, who has an id of another generation.</summary>
    public static EditedSchoolData Losing(this EditedSchoolData town, string school, string prefix, int number)
    {
        var gone = Ids.Of($"{prefix}{school}{number}");
        town.Remove(Collections.Persons, person => (string)person["id"]! == gone);
        return town.Edit(Collections.Groups, Ids.Of($"{school}-class"), group => group["groupMemberships"] = new JsonArray(
            [.. group["groupMemberships"]!.AsArray().Where(row => (string)row!["person"]!["id"]! != gone).Select(row => row!.DeepClone())]));
    }

    public static EditedSchoolData Joining(this EditedSchoolData town, string school, string label)
    {
        var newcomer = new SchoolBuilder(Night.Today);
        newcomer.Unit(school);
        return town.Add(Collections.Persons, newcomer.Student(label, school));
    }

    public static EditedSchoolData Editing(this EditedSchoolData town, string pupil, Action<JsonObject> change) =>
        town.Edit(Collections.Persons, Ids.Of(pupil), change);

    public static void Rename(JsonObject row, string property, string to)
    {
        var value = row[property]?.DeepClone();
        row.Remove(property);
        row[to] = value;
    }
}
