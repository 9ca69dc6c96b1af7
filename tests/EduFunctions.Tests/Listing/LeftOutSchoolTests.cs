using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Http;
using Xunit;

namespace EduFunctions.Tests.Listing;

/// <summary>A school that is left out itself is the one that a registrar has to find: it is told by its name, and two enrolments there are told apart.</summary>
[Collection(CommandTests.Name)]
public sealed class LeftOutSchoolTests(AzuriteFixture azurite)
{
    private const string Name = "Hjylviksskolan";

    [Fact]
    public async Task Lists_and_files_tell_it_by_its_name()
    {
        await using var town = await TownAsync();
        var path = $"runs/{town.Run["run"]}/lists/left-out";

        var rows = JsonNode.Parse((await town.ApiAsync(KeyedCalls.Reader, "GET", path)).Text)!["rows"]!.AsArray();
        var page = await PageAsync(town, path);
        var file = (await town.PageAsync(KeyedCalls.Reader, $"{path}/csv")).Text;

        Assert.All(rows.Where(row => (string?)row!["school"] == Ids.Of("closed")), row => Assert.Equal(Name, (string?)row!["schoolName"]));
        Assert.Contains(rows, row => (string?)row!["code"] == "placement.unit" && (string?)row["schoolName"] == Name);
        Assert.Contains($"<th scope=\"row\">{Name}</th>", page, StringComparison.Ordinal);
        Assert.Contains($">{Name}</option>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("utan namn här", page, StringComparison.Ordinal);
        Assert.Contains($"{Ids.Of("closed")};{Name};", file, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_on_a_person_tells_it_by_its_name_and_which_enrolment_is_meant()
    {
        await using var town = await TownAsync();

        var page = WebUtility.HtmlDecode((await town.PageAsync(KeyedCalls.Reader, "person", ("person", Ids.Of("vilda")))).Text);

        var told = Regex.Matches(page, "<strong>[^<]*</strong> <code>placement.unit</code>.*?</li>", RegexOptions.Singleline).Select(reason => reason.Value).ToList();
        Assert.Equal(2, told.Count);
        Assert.All(told, reason => Assert.Contains(Name, reason, StringComparison.Ordinal));
        Assert.All(told, reason => Assert.DoesNotContain(Ids.Of("closed"), reason, StringComparison.Ordinal));
        Assert.Contains("första dag: 2026-01-07", told[0] + told[1], StringComparison.Ordinal);
        Assert.NotEqual(told[0], told[1]);
    }

    [Fact]
    public async Task The_history_of_a_person_tells_it_by_its_name()
    {
        var school = School();
        school.Student("olle", "berget");
        var data = school.Data.Next();
        await using var town = await Town.StartAsync(azurite, data);
        Assert.Equal(0, await town.PassAsync());
        data.Edit(Collections.Persons, Ids.Of("olle"), pupil => pupil["enrolments"]!.AsArray().Add(school.Enrolment("closed")));
        Assert.Equal(0, await town.PassAsync());

        var page = WebUtility.HtmlDecode((await town.PageAsync(KeyedCalls.Reader, "history", ("person", Ids.Of("olle")))).Text);

        Assert.Contains(Name, page, StringComparison.Ordinal);
        Assert.DoesNotContain(Ids.Of("closed"), page, StringComparison.Ordinal);
    }

    /// <summary>What would tell of somebody protected is told nowhere, whoever says it.</summary>
    [Fact]
    public async Task A_name_that_tells_of_somebody_protected_is_not_told()
    {
        const string Telling = "Fryndina Hjylvik";
        var school = School(Telling);
        var hidden = school.Student("hidden", "berget");
        (hidden["securityMarking"], hidden["givenName"], hidden["familyName"]) = ("Sekretessmarkering", "Fryndina", "Hjylvik");
        await using var town = await Town.StartAsync(azurite, school.Data);
        Assert.Equal(0, await town.PassAsync());

        var list = await PageAsync(town, $"runs/{town.Run["run"]}/lists/left-out");
        var person = (await town.PageAsync(KeyedCalls.Reader, "person", ("person", Ids.Of("vilda")))).Text;

        Assert.All([list, person], page => Assert.DoesNotContain(Telling, page, StringComparison.Ordinal));
        Assert.Contains(Ids.Of("closed")[..8], list, StringComparison.Ordinal);
    }

    private async Task<Town> TownAsync()
    {
        var town = await Town.StartAsync(azurite, School().Data);
        Assert.Equal(0, await town.PassAsync());
        return town;
    }

    private static SchoolBuilder School(string name = Name)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("other", "berget");
        school.Student("ended", "berget")["enrolments"]![0]!["endDate"] = "2026-06-12";
        var closed = school.Unit("closed");
        (closed["displayName"], closed["endDate"]) = (name, "2026-06-12");
        var second = school.Enrolment("closed");
        (second["startDate"], second["schoolType"]) = ("2026-01-07", "GRS");
        school.Student("vilda", "closed")["enrolments"]!.AsArray().Add(second);
        return school;
    }

    private static async Task<string> PageAsync(Town town, string path) => WebUtility.HtmlDecode((await town.PageAsync(KeyedCalls.Reader, path)).Text);
}
