using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Http;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Http;
using Xunit;

namespace EduFunctions.Tests.Searching;

/// <summary>People are found by what others know of them, by whom they may be found, and nothing of the question stays.</summary>
[Collection(AzuriteTests.Name)]
public sealed class PersonSearchTests(AzuriteFixture azurite)
{
    private const string Reader = KeyedCalls.Reader;
    private const string Protection = KeyedCalls.Protection;

    [Theory]
    [InlineData("201301099805", "vilda")]
    [InlineData("20130109-9805", "vilda")]
    [InlineData("130109 9805", "vilda")]
    [InlineData("VILDA@id.example", "vilda")]
    [InlineData("Vilda <vilda@elev.example>", "vilda")]
    [InlineData("vilda@elev.example", "vilda")]
    [InlineData("provhed VILDA", "vilda")]
    [InlineData("asa-karin", "åsa")]
    [InlineData("Åsa Karin Provhed", "åsa")]
    [InlineData("lärare@id.example", "lärare")]
    public async Task One_is_found_however_the_question_is_written(string question, string label)
    {
        await using var town = await TownAsync();

        var found = await FoundAsync(town, Reader, question);

        Assert.Equal(Ids.Of(label), (string?)Assert.Single(found["people"]!.AsArray())!["id"]);
        Assert.Equal("Berget", (string?)found["people"]![0]!["schools"]![0]);
    }

    [Fact]
    public async Task Of_several_there_is_a_list_with_name_and_school()
    {
        await using var town = await TownAsync();

        var found = await FoundAsync(town, Reader, "noor");

        Assert.Equal(["Noor Provhed: Berget", "Noor Provhed: Dalen"], found["people"]!.AsArray().Select(one => $"{one!["name"]}: {one["schools"]![0]}").Order());
        Assert.False((bool)found["hasMore"]!);
    }

    [Theory]
    [InlineData("201302079804")]
    [InlineData("alva@id.example")]
    [InlineData("alva@elev.example")]
    [InlineData("Alva Provhed")]
    public async Task A_protected_person_is_found_by_the_role_alone_and_others_get_the_answer_that_nobody_gets(string question)
    {
        await using var town = await TownAsync();

        var others = await AnswerAsync(town, Reader, question);
        var nobody = await AnswerAsync(town, Reader, "Nobody Atall");
        var found = await FoundAsync(town, Protection, question);

        Assert.Equal((nobody.Status, nobody.Text), (others.Status, others.Text));
        Assert.Equal(Ids.Of("alva"), (string?)Assert.Single(found["people"]!.AsArray())!["id"]);
        var acts = await ActsAsync(town, Protection);
        Assert.Equal(["per", "vera", "vera"], acts.Select(act => (string)act!["by"]!));
        Assert.Equal([[Ids.Of("alva")], [], []], acts.Select(act => act!["people"]!.AsArray().Select(id => (string)id!).ToArray()));
        Assert.Empty(await ActsAsync(town, KeyedCalls.Operator));
        Assert.DoesNotContain(Ids.Of("alva"), (await town.PageAsync(Reader, "")).Text);
        Assert.Contains(Ids.Of("alva"), (await town.PageAsync(Protection, "")).Text);
    }

    [Fact]
    public async Task Who_has_become_protected_since_the_latest_roster_is_hidden_too()
    {
        var school = School();
        await using var town = await TownAsync(school);
        var persons = school.Data["persons"];
        persons.First(person => (string?)person["id"] == Ids.Of("vilda"))["securityMarking"] = "Sekretessmarkering";
        persons.Where(person => (string?)person["id"] != Ids.Of("vilda")).ToList().ForEach(person => persons.Remove(person));
        Assert.Equal(3, await town.PassAsync());

        var hidden = await AnswerAsync(town, Reader, "201301099805");
        var found = await FoundAsync(town, Protection, "201301099805");

        Assert.DoesNotContain(Ids.Of("vilda"), hidden.Text);
        Assert.NotEqual((string?)town.Run["run"], (string?)found["run"]);
        Assert.Equal(Ids.Of("vilda"), (string?)found["people"]![0]!["id"]);
    }

    [Theory]
    [InlineData("201301099805")]
    [InlineData("vilda@id.example")]
    [InlineData("vilda@elev.example")]
    [InlineData("Vilda Provhed")]
    public async Task Who_is_gone_is_found_in_the_night_that_had_them_last(string question)
    {
        await using var town = await GoneAsync("vilda", nights: 2);

        var found = await FoundAsync(town, Reader, question);
        var page = await AskAsync(town, question);
        var latest = await town.ApiAsync(Reader, "GET", $"people/{Ids.Of("vilda")}");
        var then = await town.ApiAsync(Reader, "GET", $"people/{Ids.Of("vilda")}?run={found["run"]}");

        Assert.Equal(Ids.Of("vilda"), (string?)Assert.Single(found["people"]!.AsArray())!["id"]);
        Assert.Equal("Berget", (string?)found["people"]![0]!["schools"]![0]);
        Assert.True((bool)found["isPast"]!);
        Assert.NotEqual((string?)town.Run["run"], (string?)found["run"]);
        Assert.Equal((404, 200), (latest.Status, then.Status));
        Assert.Equal(200, page.Status);
        Assert.Contains("Vilda Provhed", page.Text);
        Assert.Contains("natten", page.Text);
        Assert.Contains([Ids.Of("vilda")], (await ActsAsync(town, Protection)).Select(act => act!["people"]!.AsArray().Select(id => (string)id!).ToArray()));
    }

    [Fact]
    public async Task Who_is_gone_is_told_of_by_the_id_as_well_and_who_is_there_is_asked_for_first()
    {
        await using var town = await GoneAsync("noor", nights: 1);

        var gone = await AskAsync(town, Ids.Of("noor"));
        var there = await FoundAsync(town, Reader, "Noor");

        Assert.Equal(200, gone.Status);
        Assert.Contains(Ids.Of("noor"), gone.Text);
        Assert.Equal(Ids.Of("noor2"), (string?)Assert.Single(there["people"]!.AsArray())!["id"]);
        Assert.False((bool)there["isPast"]!);
    }

    [Theory]
    [InlineData("201302079804")]
    [InlineData("Alva Provhed")]
    public async Task Who_was_protected_and_is_gone_is_found_by_the_role_alone(string question)
    {
        await using var town = await GoneAsync("alva", nights: 1);

        var others = await AnswerAsync(town, Reader, question);
        var nobody = await AnswerAsync(town, Reader, "Nobody Atall");
        var found = await FoundAsync(town, Protection, question);

        Assert.Equal((nobody.Status, nobody.Text), (others.Status, others.Text));
        Assert.Equal(Ids.Of("alva"), (string?)Assert.Single(found["people"]!.AsArray())!["id"]);
    }

    [Fact]
    public async Task Who_has_become_protected_is_not_found_in_a_night_before_it_under_whatever_id()
    {
        var school = School();
        await using var town = await TownAsync(school);
        var vilda = school.Data["persons"].First(person => (string?)person["id"] == Ids.Of("vilda"));
        vilda["id"] = Ids.Of("vilda-anew");
        vilda["securityMarking"] = "Sekretessmarkering";
        await town.PassAsync();

        var others = await AnswerAsync(town, Reader, "Vilda Provhed");
        var nobody = await AnswerAsync(town, Reader, "Nobody Atall");

        Assert.Equal((nobody.Status, nobody.Text), (others.Status, others.Text));
        Assert.Equal(Ids.Of("vilda-anew"), (string?)(await FoundAsync(town, Protection, "Vilda Provhed"))["people"]![0]!["id"]);
    }

    [Fact]
    public async Task A_night_that_cannot_be_read_is_told_of()
    {
        await using var town = await GoneAsync("vilda", nights: 1);
        var first = (await town.BlobsAsync("snapshots", "")).Order(StringComparer.Ordinal).First(name => name.Contains("/persons/"));
        await town.Container("snapshots").GetBlobClient(first).UploadAsync(new BinaryData("none"), overwrite: true);

        var answer = await FoundAsync(town, Reader, "Vilda Provhed");
        var page = await AskAsync(town, "Vilda Provhed");

        Assert.Empty(answer["people"]!.AsArray());
        Assert.Single(answer["unread"]!.AsArray());
        Assert.Equal(404, page.Status);
        Assert.Contains("2026-09-01", page.Text);
    }

    [Fact]
    public async Task At_the_command_line_who_is_gone_is_explained_by_the_night_that_had_them_last()
    {
        await using var town = await GoneAsync("vilda", nights: 1);

        var found = await town.AskAsync("Vilda Provhed", "explain", "--tenant", town.Id, "--find", "-");
        var nobody = await town.AskAsync("Nobody Atall", "explain", "--tenant", town.Id, "--find", "-");

        Assert.Equal((0, 2), (found.ExitCode, nobody.ExitCode));
        Assert.Equal(Ids.Of("vilda"), (string?)JsonNode.Parse(found.Output)!["person"]);
        Assert.NotEqual((string?)town.Run["run"], (string?)JsonNode.Parse(found.Output)!["run"]);
        Assert.Contains("Last seen by this in the night of 2026-09-01", found.Errors);
        Assert.Contains("Looking in the night of 2026-09-01", nobody.Errors);
        Assert.Contains("back to 2026-09-01", nobody.Errors);
    }

    [Theory]
    [InlineData("{}", 400)]
    [InlineData("""{"find": "a"}""", 400)]
    [InlineData("""{"find": "--"}""", 400)]
    [InlineData("""{"find": "Vilda", "more": 1}""", 400)]
    [InlineData("""{"find": "Nobody Atall"}""", 200)]
    public async Task A_question_is_one(string body, int status)
    {
        await using var town = await TownAsync();

        Assert.Equal(status, (await town.ApiAsync(Reader, "POST", "people", body)).Status);
    }

    [Fact]
    public async Task Nothing_of_a_question_is_kept()
    {
        await using var town = await TownAsync();
        await FoundAsync(town, Reader, "VILDA@id.example");
        await FoundAsync(town, Reader, "Vilda-Zsofia Nonesuch");
        await AskAsync(town, "Zsofia Nonesuch");
        await AskAsync(town, "vi9999zz");

        foreach (var name in await town.BlobsAsync("state", ""))
        {
            var content = (await town.Container("state").GetBlobClient(name).DownloadContentAsync()).Value.Content.ToString();
            Assert.All(["id.example", "Nonesuch", "vi9999zz"], text => Assert.False(content.Contains(text, StringComparison.OrdinalIgnoreCase), name));
        }
    }

    [Fact]
    public async Task At_the_command_line_the_question_comes_by_standard_input_and_never_as_a_word_of_the_command()
    {
        await using var town = await TownAsync();

        var refused = await town.CommandAsync("explain", "--tenant", town.Id, "--find", "Vilda");
        var empty = await town.CommandAsync("explain", "--tenant", town.Id, "--find", "-");

        // Whoever looks at what is stored needs no key to the register.
        town.Environment.Keys.Where(name => name.StartsWith("Secrets__", StringComparison.Ordinal)).ToList().ForEach(name => town.Environment.Remove(name));
        var one = await town.AskAsync("130109-9805", "explain", "--tenant", town.Id, "--find", "-");
        var several = await town.AskAsync("Noor", "explain", "--tenant", town.Id, "--find", "-");
        var hidden = await town.AskAsync("Alva Provhed", "explain", "--tenant", town.Id, "--find", "-");
        var found = await town.AskAsync("Alva Provhed", "explain", "--tenant", town.Id, "--find", "-", "--protected", "--as", "per");

        Assert.Equal((2, 2), (refused.ExitCode, empty.ExitCode));
        Assert.Equal((0, 0, 2, 0), (one.ExitCode, several.ExitCode, hidden.ExitCode, found.ExitCode));
        Assert.Equal(Ids.Of("vilda"), (string?)JsonNode.Parse(one.Output)!["person"]);
        Assert.Equal(2, JsonNode.Parse(several.Output)!["people"]!.AsArray().Count);
        Assert.Equal(Ids.Of("alva"), (string?)JsonNode.Parse(found.Output)!["person"]);
        Assert.Contains("Give --find -", refused.Errors);
        Assert.Contains("on a line of standard input", empty.Errors);
    }

    [Fact]
    public async Task The_page_answers_one_at_once_and_lets_choose_of_several()
    {
        await using var town = await TownAsync();

        var one = await AskAsync(town, "201301099805");
        var several = await AskAsync(town, "Noor");
        var hidden = await AskAsync(town, "Alva Provhed");
        var nobody = await AskAsync(town, "Nobody Atall");

        Assert.Equal([200, 200, 404, 404], new[] { one, several, hidden, nobody }.Select(answer => answer.Status));
        Assert.Contains(Ids.Of("vilda"), one.Text);
        Assert.DoesNotContain("201301099805", one.Text);
        Assert.Contains($"value=\"{Ids.Of("noor")}\"", several.Text);
        Assert.Contains($"value=\"{Ids.Of("noor2")}\"", several.Text);
        Assert.Equal(nobody.Text, hidden.Text);
    }

    private static async Task<JsonNode> FoundAsync(Town town, string by, string question)
    {
        var answer = await AnswerAsync(town, by, question);
        Assert.Equal(200, answer.Status);
        return JsonNode.Parse(answer.Text)!;
    }

    private static Task<ApiAnswer> AnswerAsync(Town town, string by, string question) => town.ApiAsync(by, "POST", "people", new JsonObject { ["find"] = question }.ToJsonString());

    private static async Task<JsonNode?[]> ActsAsync(Town town, string by) =>
        [.. JsonNode.Parse((await town.ApiAsync(by, "GET", "acts")).Text)!.AsArray().Where(act => (string?)act!["kind"] == "find")];

    private static Task<ApiAnswer> AskAsync(Town town, string question) => town.PageAsync(KeyedCalls.Reader, "person", ("person", question));

    private async Task<Town> TownAsync(SchoolBuilder? school = null)
    {
        var town = await Town.StartAsync(azurite, (school ?? School()).Data);
        Assert.Equal(0, await town.PassAsync());
        return town;
    }

    /// <summary>A town that has handed on everybody once, and some nights since without one person.</summary>
    private async Task<Town> GoneAsync(string label, int nights)
    {
        var school = School();
        var town = await TownAsync(school);
        var persons = school.Data["persons"];
        persons.Remove(persons.First(person => (string?)person["id"] == Ids.Of(label)));
        for (var night = 0; night < nights; night++)
        {
            await town.PassAsync();
        }

        return town;
    }

    private static SchoolBuilder School()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Unit("dalen");
        school.Student("vilda", "berget")["civicNo"] = new JsonObject { ["value"] = "201301099805", ["nationality"] = "SE" };
        school.Student("noor", "berget");
        school.Student("noor2", "dalen")["givenName"] = "Noor";
        school.Student("åsa", "berget")["givenName"] = "Åsa-Karin";
        var alva = school.Student("alva", "berget");
        alva["civicNo"] = new JsonObject { ["value"] = "201302079804", ["nationality"] = "SE" };
        alva["securityMarking"] = "Sekretessmarkering";
        school.Employee("lärare");
        school.Duty("tjänst", "lärare", "berget");
        return school;
    }
}
