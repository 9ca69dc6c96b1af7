using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>Registers make ids of texts, too: one that tells of a protected person is another in feeds, and whatever refers to it refers to that.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class NeutralIdsTests
{
    private readonly SchoolBuilder _school = new(Night.Today);

    public NeutralIdsTests()
    {
        _school.Unit("north");
        _school.Unit("south");
        foreach (var label in new[] { "hidden", "bo", "cia", "dag" })
        {
            _school.Student(label, label == "dag" ? "south" : "north");
        }

        (Person("hidden")["givenName"], Person("hidden")["familyName"]) = ("Alva", "Berglund");
        _school.Employee("hugo");
        _school.Duty("hugo's", "hugo", "north");
        _school.Group("7a", "north", "Klass", "bo", "cia");
        _school.Group("7b", "south", "Klass", "dag");
        _school.Activity("hour", "north", "7a", null, "hugo's");
    }

    [Theory]
    [InlineData("stod-alva-berglund")]
    [InlineData("7a Berglund, Alva")]
    [InlineData("zz_alvaberglund")]
    public async Task The_id_of_a_group(string id)
    {
        var before = await RenderAsync();
        Rename("7a", id);
        var named = await RenderAsync();
        Person("hidden")["securityMarking"] = "Sekretessmarkering";

        var night = await RenderAsync();
        var again = await RenderAsync();

        Assert.Contains("erglund", string.Concat(named.Files.Values), StringComparison.Ordinal);
        Assert.Equal(night.Files, again.Files);
        Assert.DoesNotContain("erglund", string.Concat(night.Files.Values), StringComparison.OrdinalIgnoreCase);
        var neutral = Assert.Single(night.Column("classes.csv", "class_id"), other => other != Ids.Of("7b"));
        Assert.NotEqual(Ids.Of("7a"), neutral);
        Assert.Equal([Ids.Of("bo"), Ids.Of("cia")], Members(night, neutral));
        Assert.Equal([Ids.Of("dag")], Members(night, Ids.Of("7b")));
        var (then, now) = (Class(before, Ids.Of("7a")), Class(night, neutral));
        Assert.All(then.Where(cell => cell.Key is not ("class_id" or "class_number" or "course_id")), cell => Assert.Equal(cell.Value, now[cell.Key]));
        Assert.Equal(2, night.Rows("courses.csv").Count);
    }

    [Fact]
    public async Task The_id_of_a_group_that_is_the_persons_own()
    {
        Rename("7a", Ids.Of("hidden"));
        Person("hidden")["securityMarking"] = "Sekretessmarkering";

        var night = await RenderAsync();

        Assert.DoesNotContain(Ids.Of("hidden"), string.Concat(night.Files.Values), StringComparison.OrdinalIgnoreCase);
        Assert.Equal([Ids.Of("bo"), Ids.Of("cia")], Members(night, Assert.Single(night.Column("classes.csv", "class_id"), id => id != Ids.Of("7b"))));
    }

    [Fact]
    public async Task The_id_of_a_school()
    {
        Rename("north", "Alva Berglunds skola");
        Person("hidden")["securityMarking"] = "Sekretessmarkering";

        var night = await RenderAsync();

        Assert.DoesNotContain("erglund", string.Concat(night.Files.Values), StringComparison.OrdinalIgnoreCase);
        var neutral = Assert.Single(night.Column("locations.csv", "location_id"), id => id != Ids.Of("south"));
        var students = night.Rows("students.csv").ToDictionary(row => row["person_id"], row => row["location_id"]);
        Assert.Equal((neutral, neutral, Ids.Of("south")), (students[Ids.Of("bo")], students[Ids.Of("cia")], students[Ids.Of("dag")]));
        Assert.Equal(neutral, Assert.Single(night.Rows("staff.csv"))["location_id"]);
    }

    [Fact]
    public async Task The_id_of_a_course()
    {
        _school.Syllabus("maths", subjectName: "Matte");
        _school.Group("maths 7", "north", "Undervisning", "bo");
        _school.Activity("lesson", "north", "maths 7", "maths", "hugo's");
        Rename("maths", "alva.berglund");
        Person("hidden")["securityMarking"] = "Sekretessmarkering";

        var night = await RenderAsync();

        Assert.DoesNotContain("erglund", string.Concat(night.Files.Values), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Matte", night.Files["courses.csv"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Stöd \"Alva\" Berglunds grupp")]
    [InlineData("Stöd <Alva> Berglunds grupp")]
    [InlineData("Stöd {Alva}; Berglunds|grupp")]
    [InlineData("Alva,Berglunds grupp")]
    public async Task A_name_with_marks_in_it_that_feeds_write_otherwise(string name)
    {
        _school.Data[Collections.Groups].First()["displayName"] = name;
        Person("hidden")["securityMarking"] = "Sekretessmarkering";

        var night = await RenderAsync();

        Assert.DoesNotContain("erglund", string.Concat(night.Files.Values), StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"Klass {Ids.Of("7a")[..8]}", night.Files["classes.csv"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_tells_beside_the_id()
    {
        Rename("7a", "alva-7");
        _school.Data[Collections.Groups].First()["displayName"] = "Berglund";
        Person("hidden")["securityMarking"] = "Sekretessmarkering";

        var night = await RenderAsync();

        Assert.Contains("alva-7", night.Files["classes.csv"], StringComparison.Ordinal);
        Assert.DoesNotContain("Berglund", string.Concat(night.Files.Values), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_another_where_no_id_tells()
    {
        Rename("7a", "stod-alva");
        Person("hidden")["securityMarking"] = "Sekretessmarkering";
        using var night = await PaperNight.RunAsync(_school.Data);

        Assert.Same(night.Decided.Roster, NeutralIds.Of(night.Decided.Roster, night.Decided.Protected).Roster);
        Assert.Contains("stod-alva", night.Apple().Files["classes.csv"], StringComparison.Ordinal);
    }

    private async Task<AppleZip> RenderAsync()
    {
        using var night = await PaperNight.RunAsync(_school.Data);
        Assert.Empty(night.Leaks);
        Assert.Empty(night.Errors);
        return night.Apple();
    }

    private static IDictionary<string, string> Class(AppleZip zip, string id) => zip.Rows("classes.csv").Single(row => row["class_id"] == id);

    private static string[] Members(AppleZip zip, string id) =>
        [.. zip.Rows("rosters.csv").Where(row => row["class_id"] == id).Select(row => row["student_id"]).Order(StringComparer.Ordinal).OrderBy(student => student != Ids.Of("bo"))];

    private JsonObject Person(string label) => _school.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of(label));

    /// <summary>Another id, in whatever names it.</summary>
    private void Rename(string label, string id)
    {
        foreach (var row in Collections.All.SelectMany(collection => _school.Data[collection]).ToList())
        {
            Rename(row, Ids.Of(label), id);
        }
    }

    private static void Rename(JsonNode? node, string from, string to)
    {
        switch (node)
        {
            case JsonObject json:
                foreach (var (key, value) in json.ToList())
                {
                    if (value is JsonValue text && text.TryGetValue(out string? id) && id == from)
                    {
                        json[key] = to;
                    }
                    else
                    {
                        Rename(value, from, to);
                    }
                }

                break;
            case JsonArray items:
                items.ToList().ForEach(item => Rename(item, from, to));
                break;
        }
    }
}
