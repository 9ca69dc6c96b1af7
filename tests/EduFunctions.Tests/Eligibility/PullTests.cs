using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

/// <summary>How the rows of the source are understood before any rule is asked.</summary>
[Collection(AzuriteTests.Name)]
public sealed class PullTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    [Theory]
    [InlineData(Collections.Persons)]
    [InlineData(Collections.Organisations)]
    public async Task An_empty_collection_of_persons_or_organisations_holds_the_run(string collection)
    {
        Arrange();
        _school.Data[collection].Clear();

        var night = await azurite.Night(_school).RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains(collection, night.Run.StateReason, StringComparison.Ordinal);
        Assert.Empty(night.Received);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public async Task The_last_copy_of_an_entity_wins(int pageSize)
    {
        Arrange();
        var again = (JsonObject)_school.Data[Collections.Persons][0].DeepClone();
        again["givenName"] = "Senast";
        _school.Student("bo", "north");
        _school.Data[Collections.Persons].Add(again);

        var night = await azurite.Night(_school).With("source.pageSize", pageSize).Dry().RunAsync();

        Assert.Contains("Senast", (await night.AppleAsync()).Column("students.csv", "first_name"));
        Assert.Equal((3, 2), (night.Run.Pull!["persons"].Rows, night.Run.Pull["persons"].Distinct));
        Assert.Equal([Ids.Of("alva")], night.Run.Findings.Single(finding => finding.Code == "id.duplicate").Sample);
    }

    [Fact]
    public async Task Nothing_of_a_replaced_copy_is_left()
    {
        Arrange();
        _school.Guardian("gun", "alva");
        var again = (JsonObject)_school.Data[Collections.Persons][0].DeepClone();
        again["enrolments"] = new JsonArray();
        again["responsibles"] = new JsonArray();
        _school.Data[Collections.Persons].Add(again);

        var night = await azurite.Night(_school).With("source.pageSize", 1).Dry().RunAsync();

        Assert.Equal(("no candidate", "no candidate"), (await night.StudentAsync("alva"), await night.GuardianAsync("gun")));
    }

    [Fact]
    public async Task Ids_in_upper_case_are_the_same_ids()
    {
        Arrange();
        _school.Group("7a", "north", "Klass", "alva");
        foreach (var row in Collections.All.SelectMany(name => _school.Data[name]))
        {
            row["id"] = ((string)row["id"]!).ToUpperInvariant();
        }

        var night = await azurite.Night(_school).Dry().RunAsync();

        Assert.Equal([Ids.Of("7a")], await night.SectionsAsync("alva"));
        Assert.Equal([Ids.Of("alva")], (await night.AppleAsync()).Column("students.csv", "person_id"));
    }

    [Fact]
    public async Task References_in_upper_case_refer_to_the_same_entities()
    {
        Arrange();
        var membership = _school.Group("7a", "north", "Klass", "alva")["groupMemberships"]![0]!;
        membership["person"]!["id"] = Ids.Of("alva").ToUpperInvariant();
        _school.Data[Collections.Groups][0]["organisation"]!["id"] = Ids.Of("north").ToUpperInvariant();

        var night = await azurite.Night(_school).Dry().RunAsync();

        Assert.Equal([Ids.Of("7a")], await night.SectionsAsync("alva"));
    }

    [Theory]
    [InlineData(Collections.Persons)]
    [InlineData(Collections.Organisations)]
    [InlineData(Collections.Groups)]
    public async Task An_entity_without_an_id_is_dropped_and_a_finding(string collection)
    {
        Arrange();
        _school.Group("7a", "north", "Klass", "alva");
        var nameless = (JsonObject)_school.Data[collection][0].DeepClone();
        nameless.Remove("id");
        _school.Data[collection].Add(nameless);

        var night = await azurite.Night(_school).Dry().RunAsync();

        Assert.Equal(1, night.Run.Findings.Single(finding => finding.Code == "id.missing").Count);
        Assert.Equal(new RosterCounts(1, 1, 0, 0, 1, 1), night.Run.Counts);
    }

    [Fact]
    public async Task Null_is_absent()
    {
        Arrange();
        var alva = _school.Data[Collections.Persons][0];
        foreach (var name in new[] { "middleName", "emails", "personStatus", "addresses", "responsibles", "eduPersonPrincipalNames" })
        {
            alva[name] = null;
        }

        alva["enrolments"]![0]!["endDate"] = null;
        alva["enrolments"]![0]!["schoolYear"] = null;

        var night = await azurite.Night(_school).Dry().RunAsync();

        Assert.Equal("yes", await night.StudentAsync("alva"));
        Assert.Equal([""], (await night.AppleAsync()).Column("students.csv", "grade_level"));
    }

    [Fact]
    public async Task Values_are_compared_exactly()
    {
        Arrange();
        _school.Unit("south", type: "skolenhet");
        _school.Group("7a", "north", "KLASS", "alva");

        var night = await azurite.Night(_school).Dry().RunAsync();

        Assert.Equal((1, 1), (night.Excluded("unit.type"), night.Excluded("group.type")));
        Assert.True(night.HasFinding("value.unknown"));
    }

    public static TheoryData<string> UnknownValues =>
    [
        "securityMarking", "personStatus", "emails.type", "addresses.type", "enrolments.schoolType", "responsibles.relationType",
        "organisationType", "groupType", "dutyRole", "assignmentRoleType",
    ];

    [Theory]
    [MemberData(nameof(UnknownValues))]
    public async Task An_unknown_value_of_an_enumeration_is_a_finding(string where)
    {
        Arrange();
        _school.Responsible("alva", "alva");
        _school.Group("7a", "north");
        _school.Duty("duty", "alva", "north")["assignmentRole"] =
            new JsonArray(new JsonObject { ["group"] = SchoolBuilder.Reference("7a"), ["assignmentRoleType"] = "Mentor" });
        var path = where.Split('.');
        var entity = Collections.All.SelectMany(name => _school.Data[name])
            .SelectMany(row => new[] { row, (row["assignmentRole"]?[0] as JsonObject) ?? row })
            .First(row => row.ContainsKey(path[0]));
        var owner = path.Length == 1 ? entity : entity[path[0]]![0]!.AsObject();
        owner[path[^1]] = "Okänd";

        var night = await azurite.Night(_school).With("eligibility.acceptUnmarkedProtection", true).Dry().RunAsync();

        Assert.True(night.HasFinding("value.unknown"));
    }

    public static TheoryData<string, string> RequiredValues => new()
    {
        { Collections.Duties, "dutyAt" }, { Collections.Duties, "dutyRole" }, { Collections.Duties, "startDate" },
        { Collections.Groups, "groupType" }, { Collections.Groups, "organisation" }, { Collections.Groups, "startDate" },
        { Collections.Activities, "groups" }, { Collections.Activities, "startDate" }, { Collections.Syllabuses, "subjectName" },
        { Collections.Placements, "child" }, { Collections.Placements, "placedAt" }, { Collections.Placements, "schoolType" },
        { Collections.Organisations, "organisationType" },
    };

    [Theory]
    [MemberData(nameof(RequiredValues))]
    public async Task A_required_value_that_is_missing_is_a_finding(string collection, string name)
    {
        Arrange();
        _school.Group("7a", "north");
        _school.Duty("duty", "alva", "north");
        _school.Activity("lesson", "north", "7a");
        _school.Syllabus("maths");
        _school.Placement("place", "alva", "north");
        var entity = _school.Data[collection][0];
        entity.Remove(name);

        var night = await azurite.Night(_school).Dry().RunAsync();

        Assert.Equal([(string)entity["id"]!], night.Run.Findings.Single(finding => finding.Code == "attribute.missing").Sample);
    }

    [Fact]
    public async Task Properties_nobody_knows_are_skipped()
    {
        Arrange();
        _school.Data[Collections.Persons][0]["extra"] =
            JsonNode.Parse("""{"id": "x", "enrolments": [{"a": [1, {"b": null}]}], "startDate": 5}""");

        var night = await azurite.Night(_school).Dry().RunAsync();

        Assert.Equal("yes", await night.StudentAsync("alva"));
    }

    [Fact]
    public async Task A_reference_to_what_is_not_there_is_a_finding_and_is_counted_once_per_id()
    {
        Arrange();
        _school.Group("7a", "north", "Klass", "nobody", "nobody", "alva");
        _school.Group("7b", "north", "Klass", "nobody");

        var night = await azurite.Night(_school).Dry().RunAsync();

        Assert.Equal(1, night.Run.Pull!["persons"].Dangling);
        Assert.True(night.HasFinding("reference.dangling"));
    }

    private void Arrange()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
    }
}
