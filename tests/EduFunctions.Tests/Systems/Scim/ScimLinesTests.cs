using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>What a night would have a server do.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class ScimLinesTests
{
    private readonly SchoolBuilder _town = PlainTown.Make();

    [Fact]
    public async Task The_first_night_brings_everybody_and_the_second_nothing()
    {
        using var first = await RunAsync();
        using var second = await RunAsync(before: first);

        var lines = Lines(first);
        Assert.Empty(first.Errors);
        Assert.Equal(["Groups 6", "Users 36"], lines.GroupBy(line => (string)line["type"]!).Select(type => $"{type.Key} {type.Count()}").Order());
        Assert.All(lines, line => Assert.Equal("bring", (string?)line["do"]));
        Assert.Equal(6, lines.Last()["add"]!.AsArray().Count);
        Assert.Empty(second.Files.Names);
    }

    [Fact]
    public async Task Only_what_differs_is_said_and_members_one_by_one()
    {
        using var first = await RunAsync();
        Person("north-7-1")["familyName"] = "Anew";
        Group("north-7")["groupMemberships"]!.AsArray().RemoveAt(4);
        Group("north-8")["groupMemberships"]!.AsArray().Add((JsonNode)new JsonObject { ["person"] = SchoolBuilder.Reference("north-7-5") });

        using var second = await RunAsync(before: first);

        var lines = Lines(second);
        Assert.Equal("Anew", (string?)lines.Single(line => (string?)line["type"] == "Users")["resource"]!["name"]!["familyName"]);
        Assert.Equal((Ids.Of("north-7-5"), null), (Listed(lines, "North-7", "gone"), lines.Single(line => NameOf(line) == "North-7")["add"]));
        Assert.Equal((Ids.Of("north-7-5"), null), (Listed(lines, "North-8", "add"), lines.Single(line => NameOf(line) == "North-8")["gone"]));
        Assert.Equal(3, lines.Count);
    }

    [Fact]
    public async Task Of_a_delivery_of_which_nobody_knows_everything_is_said_again()
    {
        using var first = await RunAsync();
        Person("north-7-1")["familyName"] = "Anew";
        Remove("north-7-5");
        using var doubtful = await RunAsync(before: first);

        using var next = await RunAsync(before: doubtful, isConfirmed: false);

        Assert.Equal(doubtful.Text("scim.jsonl"), next.Text("scim.jsonl"));
        Assert.Equal(3, Lines(next).Count);
    }

    [Fact]
    public async Task Who_left_rests_or_is_deleted_and_is_told_of_by_an_id_alone()
    {
        using var first = await RunAsync();
        Remove("north-7-5");

        using var resting = await RunAsync(before: first);
        using var deleted = await RunAsync(new() { ["deleteAfterDays"] = 0 }, first);

        Assert.Equal($$"""{"do":"rest","type":"Users","id":"{{Ids.Of("north-7-5")}}"}""", resting.Text("scim.jsonl").TrimEnd('\n').Split('\n')[^1]);
        Assert.Equal($$"""{"do":"delete","type":"Users","id":"{{Ids.Of("north-7-5")}}"}""", deleted.Text("scim.jsonl").TrimEnd('\n').Split('\n')[^1]);
        Assert.Contains("north-7-5@id.example", resting.Text("scim.held.csv"));
    }

    [Fact]
    public async Task Who_became_protected_is_deleted_first_and_told_of_by_keys_alone()
    {
        using var first = await RunAsync();
        Person("north-7-1")["securityMarking"] = "Sekretessmarkering";

        using var second = await RunAsync(before: first);

        var lines = Lines(second);
        Assert.Empty(second.Leaks);
        Assert.Equal(["remove Groups", "delete Users"], lines.Select(line => $"{line["do"]} {line["type"]}"));
        Assert.Equal(Ids.Of("north-7-1"), (string?)lines[1]["id"]);
        Assert.DoesNotContain("north-7-1", second.Text("scim.jsonl"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Every_letter_of_a_name_is_as_it_is()
    {
        Person("north-7-1")["familyName"] = "\U00020BB7野 \"Åse\" \\ O'Brien";

        using var night = await RunAsync();

        Assert.Contains("\"familyName\":\"\U00020BB7野 Åse O'Brien\"", night.Text("scim.jsonl"));
    }

    [Fact]
    public async Task The_school_extension_tells_of_schools_employments_and_activities_in_order()
    {
        using var night = await RunAsync(new() { ["profile"] = "egil" });

        var lines = Lines(night);
        Assert.Empty(night.Errors);
        Assert.Equal(
            ["Organisations 1", "SchoolUnits 2", "Users 36", "Employments 6", "StudentGroups 6", "Activities 6"],
            lines.GroupBy(line => (string)line["type"]!).Select(type => $"{type.Key} {type.Count()}"));
        var pupil = lines.Single(line => (string?)line["id"] == Ids.Of("north-7-1"))["resource"]!["urn:scim:schemas:extension:sis:school:1.0:User"]!;
        Assert.Equal($$$"""{"enrolments":[{"value":{"@":"SchoolUnits/{{{Ids.Of("north")}}}"},"schoolYear":7,"schoolType":"GR"}]}""", pupil.ToJsonString());
        Assert.Equal(Lines(night, "Employments").Select(line => (string)line["id"]!).Order(), Lines(night, "Activities").SelectMany(line => line["add"]!.AsArray()).Select(id => (string)id!).Order());
    }

    [Fact]
    public async Task Schools_are_groups_of_all_who_are_there_where_that_is_wanted()
    {
        using var night = await RunAsync(new() { ["schoolGroups"] = true, ["guardians"] = true });

        var schools = Lines(night, "Groups").Where(line => (string?)line["id"] == Ids.Of("north") || (string?)line["id"] == Ids.Of("south"));
        Assert.All(schools, school => Assert.Equal(18, school["add"]!.AsArray().Count));
        Assert.Equal(42, Lines(night, "Users").Count);
        Assert.Equal(["guardian 6", "student 30", "teacher 6"], Lines(night, "Users").GroupBy(line => (string)line["resource"]!["userType"]!).Select(type => $"{type.Key} {type.Count()}").Order());
    }

    [Fact]
    public async Task Whoever_cannot_be_sent_is_named()
    {
        Person("north-7-1").Remove("eduPersonPrincipalNames");
        Person("north-7-2")["familyName"] = " \u200B ";
        Person("north-7-3")["eduPersonPrincipalNames"] = new JsonArray("NORTH-7-4@id.example");
        Person("north-7-4")["eduPersonPrincipalNames"] = new JsonArray("north-7-4@id.example");
        Person("north-7-5")["emails"]![0]!["value"] = "=1@elev.example";
        Group("south-7")["displayName"] = " ";

        using var night = await RunAsync();

        Assert.Empty(night.Errors);
        Assert.Equal([Ids.Of("north-7-1")], night.Found("scim.userNameMissing"));
        Assert.Equal([Ids.Of("north-7-2")], night.Found("scim.nameMissing"));
        Assert.Single(night.Found("scim.userNameTaken"));
        Assert.Equal([Ids.Of("north-7-5")], night.Found("scim.emailRefused"));
        Assert.True(night.Has("north-7-5"));
        Assert.DoesNotContain("north-7-1", night.Text("scim.jsonl"), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("\"do\":\"bring\"", "\"do\":\"fetch\"")]
    [InlineData("\"userName\":\"", "\"userName\":\"=")]
    [InlineData("\"displayName\":\"North-7\"", "\"displayName\":\"\"")]
    [InlineData("\"familyName\"", "\"familienName\"")]
    [InlineData("\"externalId\":\"", "\"externalId\":\"x")]
    [InlineData("core:2.0:User", "core:1.0:User")]
    public async Task What_no_server_could_take_is_found_before_it_is_sent(string was, string becomes)
    {
        using var night = await RunAsync();
        var broken = night.Text("scim.jsonl").Replace(was, becomes, StringComparison.Ordinal);

        Assert.Contains(was, night.Text("scim.jsonl"));
        Assert.NotEmpty(new EduFunctions.Pipeline.Systems.Scim.ScimCheck("scim.jsonl").Errors(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(broken))));
    }

    [Theory]
    [InlineData("""{"baseUrl": "http://scim.example/v2"}""", "delivery.baseUrl")]
    [InlineData("""{"baseUrl": "https://scim.example/v2?key=1"}""", "delivery.baseUrl")]
    [InlineData("""{"tokenUrl": "https://login.example/token"}""", "delivery.token")]
    public async Task What_cannot_be_is_named_by_its_path(string delivery, string path)
    {
        var tenant = PaperNight.Tenant();
        PaperFeeds.Scim()(tenant);
        tenant["feeds"]![0]!["delivery"]!.AsObject().Merge(JsonNode.Parse(delivery)!.AsObject());

        var errors = await PaperNight.TenantErrorsAsync(tenant);

        Assert.Contains(errors, error => error.ToString().Contains(path, StringComparison.Ordinal));
    }

    private Task<PaperNight> RunAsync(JsonObject? settings = null, PaperNight? before = null, bool isConfirmed = true) =>
        PaperNight.RunAsync(_town.Data, PaperFeeds.Scim(settings), before, isConfirmed);

    private JsonObject Person(string label) => _town.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of(label));

    private JsonObject Group(string label) => _town.Data[Collections.Groups].Single(group => (string?)group["id"] == Ids.Of(label));

    private void Remove(string label) => _town.Data[Collections.Persons].Remove(Person(label));

    private static List<JsonNode> Lines(PaperNight night, string? type = null) =>
        [.. night.Text("scim.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).Where(line => type is null || (string?)line["type"] == type)];

    private static string? NameOf(JsonNode line) => (string?)line["resource"]?["displayName"];

    private static string Listed(List<JsonNode> lines, string group, string list) => (string)lines.Single(line => NameOf(line) == group)[list]!.AsArray().Single()!;
}
