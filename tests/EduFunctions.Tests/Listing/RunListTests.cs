using System.Globalization;
using System.Text.Json.Nodes;
using CsvHelper;
using CsvHelper.Configuration;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Http;
using Xunit;

namespace EduFunctions.Tests.Listing;

/// <summary>Behind a number stand exactly those whom it counts, with their school and what to correct, and no protected person but for the role.</summary>
[Collection(CommandTests.Name)]
public sealed class RunListTests(AzuriteFixture azurite)
{
    /// <summary>An id that lists leave out and records have would be the id of somebody protected.</summary>
    [Fact]
    public async Task Records_and_plans_of_earlier_nights_have_nobody_who_is_protected_by_now()
    {
        var school = GuardTown.Of(("berget", 6)).Next();
        school.Editing("berget2", pupil => pupil["enrolments"]![0]!["endDate"] = "2026-13-45");
        school.Editing("berget3", pupil => pupil["enrolments"]![0]!["endDate"] = "2026-13-45");
        await using var town = await Town.StartAsync(azurite, school);
        Assert.Equal(0, await town.PassAsync());
        var first = (string)town.Run["run"]!;
        var asked = new[] { ($"runs/{first}", "berget2", "berget3"), ("runs", "berget2", "berget3"), ($"runs/{first}/plans/apple", "berget4", "berget5") };
        foreach (var (path, hidden, _) in asked)
        {
            Assert.Contains(Ids.Of(hidden), (await town.ApiAsync(KeyedCalls.Reader, "GET", path)).Text, StringComparison.Ordinal);
        }

        school.Editing("berget2", pupil => pupil["securityMarking"] = "Sekretessmarkering");
        school.Editing("berget4", pupil => pupil["securityMarking"] = "Sekretessmarkering");
        Assert.Equal(0, await town.PassAsync());

        foreach (var (path, hidden, other) in asked)
        {
            var (forReader, forProtection) = ((await town.ApiAsync(KeyedCalls.Reader, "GET", path)).Text, (await town.ApiAsync(KeyedCalls.Protection, "GET", path)).Text);
            Assert.DoesNotContain(Ids.Of(hidden), forReader, StringComparison.Ordinal);
            Assert.Contains(Ids.Of(other), forReader, StringComparison.Ordinal);
            Assert.Contains(Ids.Of(hidden), forProtection, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_is_left_out_by_a_rule_is_as_many_as_the_run_counts()
    {
        await using var town = await TownAsync();
        var run = (string)town.Run["run"]!;

        foreach (var (code, count) in town.Run["exclusions"]!.AsObject().Where(rule => !rule.Key.StartsWith("unit.") && !rule.Key.StartsWith("group.")))
        {
            var all = await RowsAsync(town, KeyedCalls.Protection, $"runs/{run}/lists/left-out?code={code}");
            Assert.Equal((int)count!, all.Select(row => (string)row!["id"]!).Distinct().Count());
        }

        var ended = Assert.Single(await RowsAsync(town, KeyedCalls.Reader, $"runs/{run}/lists/left-out?code=placement.dates"))!;
        Assert.Equal(
            ("placement.dates", "student", Ids.Of("ended"), Ids.Of("berget"), "Berget"),
            ((string)ended["code"]!, (string)ended["kind"]!, (string)ended["id"]!, (string)ended["school"]!, (string)ended["schoolName"]!));
        Assert.Empty(await RowsAsync(town, KeyedCalls.Reader, $"runs/{run}/lists/left-out?code=person.protected"));
        Assert.Equal(Ids.Of("hidden"), (string?)Assert.Single(await RowsAsync(town, KeyedCalls.Protection, $"runs/{run}/lists/left-out?code=person.protected"))!["id"]);
        Assert.Equal([Ids.Of("olle")], (await RowsAsync(town, KeyedCalls.Reader, $"runs/{run}/lists/left-out?code=guardian.noStudent")).Select(row => (string?)row!["id"]));
        Assert.Equal(
            ((string[])[Ids.Of("olle"), Ids.Of("vera")]).Order(),
            (await RowsAsync(town, KeyedCalls.Protection, $"runs/{run}/lists/left-out?code=guardian.noStudent")).Select(row => (string)row!["id"]!).Order());
    }

    /// <summary>Of what there is not nothing is so, which would be read as good news.</summary>
    [Fact]
    public async Task What_a_list_cannot_be_narrowed_down_to_is_named_with_what_there_is()
    {
        await using var town = await TownAsync();
        var run = (string)town.Run["run"]!;
        var path = $"runs/{run}/lists";

        foreach (var (wrong, sentence) in ((string, string)[])
        [
            ("left-out?kind=studnets", "There is no kind studnets in the list left-out: there are student, staff, guardian."),
            ("findings?kind=students", "There is no kind students in the list findings: there are unit, person, placement, duty, group, activity, syllabus."),
            ("plan?feed=apple&kind=person", "There is no kind person in the list plan: there are students, staff, guardians, sections, memberships."),
            ("left-out?code=no.such", "There is no code no.such for the list left-out: the list has guardian.noStudent, "),
            ("plan?feed=apple&code=gone", "There is no code gone for the list plan: the list has added."),
            ($"left-out?school={Ids.Of("nowhere")}", $"The run knows no school of the id {Ids.Of("nowhere")}: the list has {Ids.Of("berget")}"),
        ])
        {
            var (list, query) = (wrong.Split('?')[0], wrong.Split('?')[1].Split('&').Select(part => $"--{part}".Split('=')).SelectMany(part => part));
            var answer = await town.ApiAsync(KeyedCalls.Reader, "GET", $"{path}/{wrong}");
            var ended = await town.CommandAsync(["list", "--tenant", town.Id, "--list", list, .. query]);

            Assert.Equal((400, 2, ""), (answer.Status, ended.ExitCode, ended.Output.Trim()));
            Assert.StartsWith(sentence, (string?)JsonNode.Parse(answer.Text)!["detail"]);
            Assert.Contains(sentence, ended.Errors);
        }

        var unknown = await town.ApiAsync(KeyedCalls.Reader, "GET", $"{path}/nosuch");
        Assert.Equal((404, "There is no list of this name: there are left-out, findings, plan."), (unknown.Status, (string?)JsonNode.Parse(unknown.Text)!["detail"]));
        Assert.DoesNotContain(await town.BlobsAsync("state", ".json"), name => name.Contains("_Download_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_of_a_kind_or_several_is_the_same_question_and_what_is_well_is_an_empty_list()
    {
        await using var town = await TownAsync();
        var path = $"runs/{town.Run["run"]}/lists";

        foreach (var (one, several) in ((string, string)[])[("left-out?kind=student", "left-out?kind=students"), ("plan?feed=apple&kind=section", "plan?feed=apple&kind=sections")])
        {
            Assert.Equal((await RowsAsync(town, KeyedCalls.Reader, $"{path}/{one}")).ToJsonString(), (await RowsAsync(town, KeyedCalls.Reader, $"{path}/{several}")).ToJsonString());
        }

        Assert.NotEmpty(await RowsAsync(town, KeyedCalls.Reader, $"{path}/left-out?kind=students"));
        Assert.Empty(await RowsAsync(town, KeyedCalls.Reader, $"{path}/left-out?code=duty.dates"));
        Assert.Empty(await RowsAsync(town, KeyedCalls.Reader, $"{path}/plan?feed=apple&kind=guardian"));
        Assert.Empty(await RowsAsync(town, KeyedCalls.Reader, $"{path}/findings?kind=unit&school={Ids.Of("berget")}"));
    }

    [Fact]
    public async Task Findings_are_a_file_for_the_registrar_in_the_browsers_language()
    {
        await using var town = await TownAsync();
        var run = (string)town.Run["run"]!;

        var file = await town.PageAsync(KeyedCalls.Reader, $"runs/{run}/lists/findings/csv?school={Ids.Of("dalen")}");
        var page = await town.PageAsync(KeyedCalls.Reader, $"runs/{run}/lists/findings?school={Ids.Of("dalen")}");
        var command = await town.CommandAsync("list", "--tenant", town.Id, "--list", "findings", "--school", Ids.Of("dalen"), "--language", "sv", "--as", "vera");

        Assert.Equal("text/csv; charset=utf-8", file.ContentType);
        Assert.Contains(file.Headers, header => header is { Name: "Content-Disposition" } && header.Value.EndsWith($"{run}-findings.csv\""));
        var row = Assert.Single(Read(file.Text, ";"), row => row["Kod"] == "name.missing");
        Assert.Equal((Ids.Of("dalen"), "'=Dalen", Ids.Of("nameless")), (row["Skolenhetens id"], row["Skolenhet"], row["Id"]));
        Assert.StartsWith("Fyll i", row["Vad som ska rättas, och var"]);
        Assert.Contains(Ids.Of("nameless"), page.Text);
        Assert.Contains($"/lists/findings/csv?school={Ids.Of("dalen")}", page.Text);
        Assert.Equal(file.Text.Trim('\uFEFF').Trim(), command.Output.Trim('\uFEFF').ReplaceLineEndings("\r\n").Trim());
        var acts = JsonNode.Parse((await town.ApiAsync(KeyedCalls.Operator, "GET", "acts")).Text)!.AsArray();
        Assert.Equal(["download vera findings", "download vera findings"], acts.Select(act => $"{act!["kind"]} {act["by"]} {act["what"]![0]}"));
    }

    [Fact]
    public async Task A_plan_is_listed_id_by_id_with_what_waits()
    {
        // So many that one school's loss is not the whole tenant's, and all on one page.
        var school = GuardTown.Of(("berget", 40), ("dalen", 250)).Next();
        await using var town = await Town.StartAsync(azurite, school);
        town.File["source"]!["pageSize"] = 2000;
        Assert.Equal(0, await town.PassAsync());
        school.Losing("berget", 20, 40).Losing("dalen", 249, 250).Joining("dalen", "ny").Editing("dalen7", pupil => pupil["familyName"] = "Nyhed");
        Assert.Equal(3, await town.PassAsync());
        var path = $"runs/{town.Run["run"]}/lists/plan";

        var rows = await RowsAsync(town, KeyedCalls.Reader, $"{path}?feed=apple");
        var other = await town.ApiAsync(KeyedCalls.Reader, "GET", $"{path}?feed=other");
        var without = await town.ApiAsync(KeyedCalls.Reader, "GET", path);
        var page = await town.PageAsync(KeyedCalls.Reader, $"{path}?feed=apple");

        var students = rows.Where(row => (string?)row!["kind"] == "students").ToLookup(row => (string)row!["code"]!, row => $"{row!["id"]} {row["schoolName"]}");
        Assert.Equal([$"{Ids.Of("ny")} Dalen"], students["added"].Concat(students["guard.waiting"]));
        Assert.Equal([$"{Ids.Of("dalen249")} Dalen"], students["removed"]);
        Assert.Equal(Enumerable.Range(20, 20).Select(number => $"{Ids.Of($"berget{number}")} Berget").Order(), students["guard.staying"].Order());
        Assert.Contains(rows, row => (string?)row!["kind"] == "memberships" && (string?)row["code"] == "removed" && (string?)row["refersTo"] == Ids.Of("dalen-class"));
        Assert.Equal((404, 404, 200), (other.Status, without.Status, page.Status));
        Assert.Contains("guard.staying", page.Text);
        Assert.DoesNotContain("Nyhed", page.Text + rows.ToJsonString());
        Assert.Equal("familyName", (string?)ColumnOf(rows, "dalen7")["column"]);
        await AssertNamedAsync(town, path);
    }

    /// <summary>What people are called is shown to operators alone, on record.</summary>
    private static async Task AssertNamedAsync(Town town, string path)
    {
        var refused = await town.ApiAsync(KeyedCalls.Reader, "GET", $"{path}?feed=apple&names=true");
        var refusedPage = await town.PageAsync(KeyedCalls.Reader, $"{path}?feed=apple&names=true");
        var refusedFile = await town.PageAsync(KeyedCalls.Reader, $"{path}/csv?feed=apple&names=true");
        var named = await RowsAsync(town, KeyedCalls.Operator, $"{path}?feed=apple&names=true&kind=students&school={Ids.Of("dalen")}");
        var page = await town.PageAsync(KeyedCalls.Operator, $"{path}?feed=apple&names=true&code=changed");
        var command = await town.CommandAsync("list", "--tenant", town.Id, "--list", "plan", "--feed", "apple", "--code", "changed", "--names", "--as", "olle");

        Assert.Equal((403, 403, 403), (refused.Status, refusedPage.Status, refusedFile.Status));
        Assert.Equal(("Provhed", "Nyhed"), ((string?)ColumnOf(named, "dalen7")["before"], (string?)ColumnOf(named, "dalen7")["now"]));
        Assert.All(named, row => Assert.Equal(("students", "Dalen"), ((string?)row!["kind"], (string?)row["schoolName"])));
        Assert.Contains("<del>Provhed</del> → <ins>Nyhed</ins>", page.Text);
        Assert.Contains("family name: Provhed → Nyhed", command.Output);
        var acts = JsonNode.Parse((await town.ApiAsync(KeyedCalls.Operator, "GET", "acts")).Text)!.AsArray();
        Assert.Equal(3, acts.Count(act => act!["what"]?.AsArray().Any(what => (string?)what == "names") == true));
    }

    private static JsonNode ColumnOf(JsonArray rows, string person) =>
        Assert.Single(Assert.Single(rows, row => (string?)row!["id"] == Ids.Of(person))!["columns"]!.AsArray())!;

    private static async Task<JsonArray> RowsAsync(Town town, string by, string path)
    {
        var answer = await town.ApiAsync(by, "GET", path);
        Assert.True(answer.Status == 200, answer.Text);
        return JsonNode.Parse(answer.Text)!["rows"]!.AsArray();
    }

    private static List<IDictionary<string, string>> Read(string text, string separator)
    {
        using var csv = new CsvReader(new StringReader(text.TrimStart('\uFEFF')), new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = separator });
        return [.. csv.GetRecords<dynamic>().Select(row => (IDictionary<string, string>)((IDictionary<string, object>)row).ToDictionary(cell => cell.Key, cell => (string)cell.Value))];
    }

    private async Task<Town> TownAsync()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Unit("dalen")["displayName"] = "=Dalen";
        school.Student("vilda", "berget");
        school.Student("ended", "berget")["enrolments"]![0]!["endDate"] = "2026-06-12";
        school.Student("abroad", "berget")["personStatus"] = "Utvandrad";
        school.Student("nameless", "dalen")["familyName"] = "";
        school.Student("hidden", "dalen")["securityMarking"] = "Sekretessmarkering";
        school.Guardian("vera", "hidden");
        school.Guardian("olle", "ended");
        school.Employee("lärare");
        var town = await Town.StartAsync(azurite, school.Data);
        Assert.Equal(0, await town.PassAsync());
        return town;
    }
}
