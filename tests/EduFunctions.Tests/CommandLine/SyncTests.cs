using System.IO.Compression;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

[Collection(CommandTests.Name)]
public sealed class SyncTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task What_is_written_out_is_what_the_drop_box_received()
    {
        await using var town = await Town.StartAsync(azurite);

        var ended = await town.SyncAsync();

        Assert.Equal(0, ended.ExitCode);
        var received = Assert.Single(town.DropBox.Received);
        Assert.Equal("/dropbox/asm.zip", received.Path);
        Assert.Equal(town.Zip, await File.ReadAllBytesAsync(received.LocalFile));
        Assert.Equal(received.Sha256, (string?)town.Run["feeds"]![0]!["files"]![0]!["sha256"]);
        using var zip = new ZipArchive(new MemoryStream(town.Zip));
        Assert.Equal(
            ["locations.csv", "students.csv", "staff.csv", "courses.csv", "classes.csv", "rosters.csv"],
            zip.Entries.Select(entry => entry.FullName));
    }

    [Fact]
    public async Task The_run_record_has_what_the_contract_lists()
    {
        await using var town = await Town.StartAsync(azurite);

        await town.SyncAsync();

        var run = town.Run;
        Assert.Matches("^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}$", (string?)run["run"]);
        Assert.Equal("commandLine", (string?)run["trigger"]);
        Assert.Equal("2026-09-01", (string?)run["date"]);
        Assert.Equal("delivered", (string?)run["state"]);
        Assert.Equal(["extract", "transform", "export"], run["stages"]!.AsArray().Select(stage => (string?)stage!["name"]));
        Assert.All(run["stages"]!.AsArray(), stage => Assert.NotNull(stage!["finished"]));
        Assert.Equal(7, run["pull"]!.AsObject().Count);
        Assert.Equal((int)run["pull"]!["persons"]!["rows"]! - 2, (int)run["pull"]!["persons"]!["distinct"]!);
        Assert.True((int)run["counts"]!["students"]! > 50);
        Assert.True((int)run["exclusions"]!["person.protected"]! > 0);
        Assert.Contains("id.duplicate", run["findings"]!.AsArray().Select(finding => (string?)finding!["code"]));
        Assert.Equal("sent", (string?)run["feeds"]![0]!["state"]);
    }

    [Fact]
    public async Task Snapshots_hold_the_answers_byte_for_byte_with_their_hashes_in_the_manifest()
    {
        await using var town = await Town.StartAsync(azurite);

        await town.SyncAsync();

        var manifestName = Assert.Single(await town.BlobsAsync("snapshots", "manifest.json"));
        var manifest = JsonNode.Parse((await town.Container("snapshots").GetBlobClient(manifestName).DownloadContentAsync()).Value.Content.ToString())!;
        Assert.True((bool)manifest["complete"]!);
        foreach (var page in manifest["collections"]!["persons"]!["pages"]!.AsArray())
        {
            var name = $"{town.Id}/{town.Run["run"]}/persons/{(int)page!["page"]!:000000}.json.gz";
            var stored = (await town.Container("snapshots").GetBlobClient(name).DownloadContentAsync()).Value.Content;
            using var body = new MemoryStream();
            await using (var gunzip = new GZipStream(stored.ToStream(), CompressionMode.Decompress))
            {
                await gunzip.CopyToAsync(body);
            }

            Assert.Equal((long)page["bytes"]!, body.Length);
            Assert.Equal((string?)page["sha256"], Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body.ToArray())));
            Assert.Equal((int)page["rows"]!, JsonNode.Parse(body.ToArray())!["data"]!.AsArray().Count);
        }
    }

    [Fact]
    public async Task After_page_one_only_token_and_limit_are_sent()
    {
        await using var town = await Town.StartAsync(azurite);

        await town.SyncAsync();

        var pages = town.Register.Requests.Where(request => request.Method == "GET").ToList();
        Assert.Contains(pages, page => page.PathAndQuery.Contains("pageToken"));
        Assert.All(pages, page => Assert.Matches(@"/v2\.0/[a-z]+\?limit=100(&pageToken=[^&]+)?$", page.PathAndQuery));
    }

    [Fact]
    public async Task A_second_sync_of_the_same_data_gives_the_same_bytes_and_sends_nothing()
    {
        await using var town = await Town.StartAsync(azurite);
        await town.SyncAsync();
        var first = town.Zip;

        var ended = await town.SyncAsync();

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal(first, town.Zip);
        Assert.Equal("skippedUnchanged", (string?)town.Run["feeds"]![0]!["state"]);
        Assert.Single(town.DropBox.Received);
    }

    [Fact]
    public async Task A_dry_run_builds_everything_and_touches_no_target()
    {
        await using var town = await Town.StartAsync(azurite);

        var ended = await town.SyncAsync("--dry-run");

        Assert.Equal(0, ended.ExitCode);
        Assert.Equal("dryRun", (string?)town.Run["state"]);
        Assert.Equal("built", (string?)town.Run["feeds"]![0]!["state"]);
        Assert.NotEmpty(town.Zip);
        Assert.DoesNotContain(town.DropBox.Events, happened => happened.Event == "login");

        await town.SyncAsync();

        Assert.Equal("sent", (string?)town.Run["feeds"]![0]!["state"]);
    }

    [Fact]
    public async Task Explain_names_all_failing_rules_with_facts_and_days()
    {
        var school = new SchoolBuilder(new DateOnly(2026, 9, 1));
        school.Unit("berget");
        school.Student("vilda", "berget");
        var late = school.Student("late", "berget");
        var enrolment = late["enrolments"]![0]!;
        enrolment["startDate"] = "2026-12-20";
        enrolment["cancelled"] = true;
        late["personStatus"] = "Utvandrad";
        await using var town = await Town.StartAsync(azurite, school.Data);
        await town.SyncAsync();

        var explained = await town.CommandAsync("explain", "--tenant", town.Id, "--person", Ids.Of("late"));

        Assert.Equal(0, explained.ExitCode);
        var answer = JsonNode.Parse(explained.Output)!;
        var role = Assert.Single(answer["roles"]!.AsArray())!;
        Assert.False((bool)role["eligible"]!);
        Assert.Equal(
            ["placement.dates", "placement.cancelled", "person.abroad"], role["reasons"]!.AsArray().Select(reason => (string?)reason!["code"]));
        var dates = role["reasons"]![0]!;
        Assert.Equal("2026-12-20", (string?)dates["facts"]!["startDate"]);
        Assert.Equal("2026-12-07", (string?)dates["eligibleFrom"]);
        Assert.Null(dates["eligibleUntil"]);
        Assert.Equal(Ids.Of("berget"), (string?)dates["entity"]);
        Assert.False((bool)answer["feeds"]!["apple"]!["included"]!);
    }

    [Fact]
    public async Task Explain_of_an_unknown_person_ends_with_2()
    {
        await using var town = await Town.StartAsync(azurite);
        await town.SyncAsync("--dry-run");

        var explained = await town.CommandAsync("explain", "--tenant", town.Id, "--person", Ids.Of("nobody"));

        Assert.Equal(2, explained.ExitCode);
        Assert.Equal("", explained.Output.Trim());
        Assert.Contains(Ids.Of("nobody"), explained.Errors);
    }

    [Fact]
    public async Task No_output_and_no_record_holds_a_value_of_a_person()
    {
        var world = new SchoolWorld(new WorldOptions { Today = new DateOnly(2026, 9, 1), Seed = 7 });
        await using var town = await Town.StartAsync(azurite, world);
        town.Environment["Logging__LogLevel__Default"] = "Trace";

        var ended = await town.SyncAsync();

        var shown = ended.Output + ended.Errors + town.RunRecord;
        Assert.NotEmpty(world.PersonalValues(100_000));
        Assert.All(world.PersonalValues(100_000).Where(value => value.Length > 3), value => Assert.DoesNotContain(value, shown));
    }
}
