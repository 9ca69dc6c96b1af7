using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>What a protection officer gets who has to report within a day.</summary>
[Collection(CommandTests.Name)]
public sealed class IncidentCommandTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task One_person_is_traced_through_all_nights_to_those_who_were_given_the_person()
    {
        var school = School();
        await using var town = await Town.StartAsync(azurite, school.Data);
        await town.PassAsync();
        school.Data["persons"][0]["securityMarking"] = "Sekretessmarkering";
        await town.PassAsync();

        // Whoever looks at what is stored needs no key to the register.
        town.Environment.Keys.Where(name => name.StartsWith("Secrets__", StringComparison.Ordinal)).ToList().ForEach(name => town.Environment.Remove(name));
        var ended = await IncidentAsync(town, "--person", Ids.Of("vilda"), "--noticed", "2026-09-03T08:00+02:00");

        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("2026-09-04 06:00 UTC  early warning", ended.Output);
        var report = JsonNode.Parse(Read(town, "report.json"))!;
        Assert.Equal(2, report["runs"]!.AsArray().Count);
        Assert.Equal([false, true], report["runs"]!.AsArray().Select(run => (bool)run!["feeds"]![0]!["inFiles"]!));
        Assert.Equal("person.protected", (string?)report["runs"]![0]!["person"]!["reasons"]![0]);
        Assert.Single(report["recipients"]!.AsArray());
        Assert.Empty(report["record"]!["problems"]!.AsArray());
        var file = report["runs"]![1]!["feeds"]![0]!["files"]![0]!;
        Assert.Contains((string)file["sha256"]!, Read(town, "report.md"));
        Assert.Contains((string)file["sha256"]!, Read(town, $"proofs/feeds/{town.Id}/{report["runs"]![1]!["run"]}/apple/receipt.json"));
        Assert.True(File.Exists(Path.Combine(town.Folder, "incident", "proofs", "state", town.Id, "seal.jsonl")));
        AssertNobodyIsNamed(town);
    }

    [Fact]
    public async Task One_run_is_told_with_everything_it_sent()
    {
        await using var town = await Town.StartAsync(azurite, School().Data);
        await town.PassAsync();

        var ended = await IncidentAsync(town, "--run", (string)town.Run["run"]!);

        Assert.Equal(0, ended.ExitCode);
        var report = JsonNode.Parse(Read(town, "report.json"))!;
        Assert.Null((bool?)report["runs"]![0]!["feeds"]![0]!["inFiles"]);
        Assert.Single(report["recipients"]!.AsArray());
        Assert.DoesNotContain("the person |", Read(town, "report.md"));
        Assert.DoesNotContain("not known any more", Read(town, "report.md"));
        AssertNobodyIsNamed(town);
    }

    /// <summary>Whoever looks after two incidents a day may forget that the folder is taken.</summary>
    [Fact]
    public async Task Another_incidents_folder_is_not_written_over_and_a_time_to_come_is_refused()
    {
        await using var town = await Town.StartAsync(azurite, School().Data);
        await town.PassAsync();
        Directory.CreateDirectory(Path.Combine(town.Folder, "incident"));

        var early = await IncidentAsync(town, "--person", Ids.Of("vilda"), "--noticed", $"{DateTimeOffset.UtcNow.AddDays(300):yyyy-MM-ddTHH:mm}");
        var first = await IncidentAsync(town, "--person", Ids.Of("vilda"));
        var report = Read(town, "report.md");
        var second = await IncidentAsync(town, "--run", (string)town.Run["run"]!);

        Assert.Equal((2, 0, 2), (early.ExitCode, first.ExitCode, second.ExitCode));
        Assert.Contains("--noticed must be a time that has been", early.Errors);
        Assert.Contains("--out must name a folder that is new or empty, and there is something in incident.", second.Errors);
        Assert.Equal(report, Read(town, "report.md"));
        Assert.Single(await town.BlobsAsync("state", ".json"), name => name.Contains("_Incident_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_damaged_file_is_not_known_any_more_and_the_rest_is_reported()
    {
        await using var town = await Town.StartAsync(azurite, School().Data);
        await town.PassAsync();
        var blob = town.Container("feeds").GetBlobClient($"{town.Id}/{town.Run["run"]}/apple/asm.zip");
        await blob.UploadAsync(BinaryData.FromString("no zip"), overwrite: true);

        var ended = await IncidentAsync(town, "--person", Ids.Of("vilda"));

        Assert.Equal((0, ""), (ended.ExitCode, ended.Errors.Contains("Exception", StringComparison.Ordinal) ? ended.Errors : ""));
        var feed = JsonNode.Parse(Read(town, "report.json"))!["runs"]![0]!["feeds"]![0]!;
        Assert.Equal((null, true), ((bool?)feed["inFiles"], (bool?)feed["chosen"]));
    }

    [Fact]
    public async Task What_nothing_is_kept_of_is_told()
    {
        await using var town = await Town.StartAsync(azurite, School().Data);
        await town.PassAsync();

        var stranger = await IncidentAsync(town, "--person", Ids.Of("nobody"));
        var both = await IncidentAsync(town, "--person", Ids.Of("vilda"), "--run", (string)town.Run["run"]!);

        Assert.Equal((2, 2), (stranger.ExitCode, both.ExitCode));
        Assert.Contains($"Nothing that is kept of tenant {town.Id} has a person of this id.", stranger.Errors);
        Assert.Contains("one of them", both.Errors);
    }

    [Fact]
    public async Task A_target_that_knows_people_by_civic_number_is_one_of_those_who_had_the_person()
    {
        var school = School();
        school.Data["persons"][0]["civicNo"] = new JsonObject { ["value"] = "20130101-9806", ["nationality"] = "SWE" };
        await using var town = await Town.StartAsync(azurite, school.Data);
        var unikum = town.File["feeds"]![0]!.DeepClone();
        (unikum["name"], unikum["type"]) = ("unikum", "unikumRelations");
        unikum["settings"] = new JsonObject { ["organisationId"] = "berget", ["layoutConfirmed"] = true, ["personId"] = "civicNo" };
        unikum["delivery"]!["directory"] = "";
        town.File["feeds"]!.AsArray().Add(unikum);
        town.File["privacy"] = new JsonObject { ["includeCivicNumber"] = true };
        await town.PassAsync();

        var ended = await IncidentAsync(town, "--person", Ids.Of("vilda"));
        var purge = await town.CommandAsync("purge", "--tenant", town.Id, "--person", Ids.Of("vilda"), "--dry-run");

        Assert.Equal((0, 0), (ended.ExitCode, purge.ExitCode));
        var report = JsonNode.Parse(Read(town, "report.json"))!;
        Assert.Equal([true, true], report["runs"]![0]!["feeds"]!.AsArray().Select(feed => (bool?)feed!["inFiles"]));
        Assert.Equal(2, report["recipients"]!.AsArray().Count);
        Assert.Contains("/unikum/", purge.Output);
        AssertNobodyIsNamed(town);
        await town.PassAsync();
        await town.CommandAsync("purge", "--tenant", town.Id, "--person", Ids.Of("vilda"));
        await town.CommandAsync("incident", "--tenant", town.Id, "--out", "later", "--person", Ids.Of("vilda"));
        Assert.Contains("purge", await File.ReadAllTextAsync(Path.Combine(town.Folder, "later", "report.md")), StringComparison.OrdinalIgnoreCase);
    }

    private static SchoolBuilder School()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");
        school.Student("noor", "berget");
        return school;
    }

    private static Task<Ended> IncidentAsync(Town town, params string[] about) =>
        town.CommandAsync(["incident", "--tenant", town.Id, "--out", "incident", .. about]);

    private static string Read(Town town, string file) => File.ReadAllText(Path.Combine(town.Folder, "incident", file));

    private static void AssertNobodyIsNamed(Town town) => Assert.All(
        Directory.EnumerateFiles(Path.Combine(town.Folder, "incident"), "*", SearchOption.AllDirectories),
        file =>
        {
            Assert.DoesNotContain("elev.example", File.ReadAllText(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(file));
        });
}
