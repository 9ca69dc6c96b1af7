using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

[Collection(CommandTests.Name)]
public sealed class ReplayTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task With_the_same_rules_and_day_nothing_differs_and_nothing_is_sent()
    {
        await using var town = await Town.StartAsync(azurite);
        await town.SyncAsync();

        var (ended, result) = await ReplayAsync(town, "--out", "replayed");

        Assert.Equal(0, ended.ExitCode);
        Assert.All(Differences(result), kind => Assert.Equal((0, 0, 0), Counts(kind.Value!)));
        Assert.Equal(town.Zip, await File.ReadAllBytesAsync(Path.Combine(town.Folder, "replayed", "apple", "asm.zip")));
        Assert.All(Directory.GetFiles(Path.Combine(town.Folder, "replayed"), "*", SearchOption.AllDirectories), AssertOwnersOnly);
        Assert.All(Directory.GetFileSystemEntries(Path.Combine(town.Folder, "out"), "*", SearchOption.AllDirectories), AssertOwnersOnly);
        Assert.All(["replayed", "out", $"out/{town.Id}/apple", "replayed/apple"], folder => AssertOwnersOnly(Path.Combine(town.Folder, folder)));
        Assert.Single(town.DropBox.Received);
        Assert.Single(await town.BlobsAsync("runs", ".json"));
    }

    [Fact]
    public async Task After_the_end_of_the_school_year_the_placements_that_end_show_as_leaving()
    {
        await using var town = await Town.StartAsync(azurite, EndingInJune());
        await town.PassAsync();

        var (_, result) = await ReplayAsync(town, "--date", "2027-07-15");

        Assert.Equal("2027-07-15", (string?)result["date"]);
        var students = Differences(result)["students.csv"]!;
        Assert.Equal((0, 0, 2), Counts(students));
        Assert.Equal(
            new[] { Ids.Of("vilda"), Ids.Of("kim") }.Order(StringComparer.Ordinal),
            students["sample"]!["removed"]!.AsArray().Select(id => (string)id!));
        Assert.Equal((0, 0, 2), Counts(Differences(result)["rosters.csv"]!));
    }

    [Fact]
    public async Task Other_rules_are_tried_with_a_tenant_file_of_their_own()
    {
        await using var town = await Town.StartAsync(azurite, EndingInJune());
        await town.PassAsync();
        town.File["eligibility"] = new JsonObject { ["schoolTypes"] = new JsonArray("GY") };
        town.WriteFile();

        var (_, result) = await ReplayAsync(town, "--config", $"tenants/{town.Id}.json");

        Assert.Equal(0, (int)result["counts"]!["students"]!);
        Assert.Equal(3, (int)result["exclusions"]!["placement.schoolType"]!);
        Assert.Contains("at least one location", (string?)result["feeds"]![0]!["errors"]![0]);
    }

    [Fact]
    public async Task A_run_without_a_snapshot_cannot_be_replayed()
    {
        await using var town = await Town.StartAsync(azurite);
        await town.SyncAsync("--dry-run");

        var ended = await town.CommandAsync("replay", "--tenant", town.Id, "--run", "20200101T000000Z-0000");

        Assert.Equal(3, ended.ExitCode);
        Assert.Contains("has no complete snapshot", ended.Errors);
    }

    /// <summary>Names and addresses of a whole town are nobody else's on the machine.</summary>
    private static void AssertOwnersOnly(string path) => Assert.Equal(
        UnixFileMode.None,
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));

    /// <summary>Two pupils until the middle of June, one without an end.</summary>
    private static JsonSchoolData EndingInJune()
    {
        var school = new SchoolBuilder(new DateOnly(2026, 9, 1));
        school.Unit("berget");
        school.Student("vilda", "berget")["enrolments"]![0]!["endDate"] = "2027-06-15";
        school.Student("kim", "berget")["enrolments"]![0]!["endDate"] = "2027-06-15";
        school.Student("noor", "berget");
        school.Group("7a", "berget", "Klass", "vilda", "kim", "noor");
        return school.Data;
    }

    private static async Task<(Ended Ended, JsonNode Result)> ReplayAsync(Town town, params IEnumerable<string> further)
    {
        var ended = await town.CommandAsync(["replay", "--tenant", town.Id, "--run", (string)town.Run["run"]!, .. further]);
        return (ended, JsonNode.Parse(ended.Output)!);
    }

    private static JsonObject Differences(JsonNode result) => result["feeds"]![0]!["differences"]!.AsObject();

    private static (int Added, int Changed, int Removed) Counts(JsonNode kind) =>
        ((int)kind["added"]!, (int)kind["changed"]!, (int)kind["removed"]!);
}
