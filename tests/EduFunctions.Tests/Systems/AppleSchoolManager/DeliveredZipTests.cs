using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.AppleSchoolManager;

[Collection(TargetTests.Name)]
public sealed class DeliveredZipTests(AzuriteFixture azurite)
{
    private static readonly string[] FileNames =
        ["locations.csv", "students.csv", "staff.csv", "courses.csv", "classes.csv", "rosters.csv"];

    [Fact]
    public async Task What_is_stored_is_what_arrived()
    {
        var night = await azurite.Night(GoldenSchool.Make()).RunAsync();

        var received = Assert.Single(night.Received);
        var zip = await night.AppleAsync();
        Assert.Equal(zip.Bytes, await File.ReadAllBytesAsync(received.LocalFile));
        var feed = Assert.Single(night.Run.Feeds);
        var file = Assert.Single(feed.Files);
        Assert.Equal(
            ($"/dropbox/{file.Name}", zip.Bytes.Length, Convert.ToHexStringLower(SHA256.HashData(zip.Bytes))),
            (received.Path, file.Bytes, file.Sha256));
    }

    [Fact]
    public async Task The_zip_has_six_files_in_a_fixed_order_with_fixed_time_stamps()
    {
        var zip = await (await azurite.Night(GoldenSchool.Make()).Dry().RunAsync()).AppleAsync();

        Assert.Equal(FileNames, zip.Entries.Select(entry => entry.Name));
        Assert.Single(zip.Entries.Select(entry => entry.Time).Distinct());
    }

    [Fact]
    public async Task The_same_source_gives_the_same_bytes()
    {
        var world = new SchoolWorld(new WorldOptions { Seed = 31, Persons = 800, Today = Night.Today });

        var first = await (await azurite.Night(world).Dry().RunAsync()).AppleAsync();
        var second = await (await azurite.Night(world).With("source.pageSize", 37).Dry().RunAsync()).AppleAsync();

        Assert.Equal(first.Bytes, second.Bytes);
    }

    [Fact]
    public async Task The_order_in_which_the_source_hands_out_its_rows_does_not_matter()
    {
        var (school, reversed) = (GoldenSchool.Make().Data, GoldenSchool.Make().Data);
        foreach (var rows in Collections.All.Select(name => reversed[name]))
        {
            List<JsonObject> backwards = [.. rows.Reverse()];
            rows.Clear();
            backwards.ForEach(rows.Add);
        }

        var first = await (await azurite.Night(school).Dry().RunAsync()).AppleAsync();
        var second = await (await azurite.Night(reversed).Dry().RunAsync()).AppleAsync();

        Assert.Equal(first.Bytes, second.Bytes);
    }

    [Fact]
    public async Task A_dry_run_sends_nothing()
    {
        var night = await azurite.Night(GoldenSchool.Make()).Dry().RunAsync();

        Assert.Equal((RunState.DryRun, ReceiptState.Built), (night.Run.State, night.Run.Feeds[0].State));
        Assert.Empty(night.Received);
    }

    [Fact]
    public async Task A_feed_that_has_not_changed_is_not_sent_again()
    {
        var school = GoldenSchool.Make();
        var first = await azurite.Night(school).RunAsync();

        var second = await azurite.Night(school).As(first.Run.Tenant).RunAsync();

        Assert.Equal(ReceiptState.SkippedUnchanged, second.Run.Feeds[0].State);
        Assert.Empty(second.Received);
    }

    [Fact]
    public async Task Without_classes_the_files_have_their_headers_only()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        school.Student("alva", "north");

        var night = await azurite.Night(school).RunAsync();

        var zip = await night.AppleAsync();
        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.All(FileNames.Skip(2), file => Assert.Single(zip.Files[file].TrimEnd('\n').Split('\n')));
        Assert.Empty(AppleRules.Broken(zip));
        Assert.Single(night.Received);
    }

    [Fact]
    public async Task Without_a_location_the_feed_is_not_sent()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("town", type: "Huvudman");
        school.Student("alva", "town");

        var night = await azurite.Night(school).RunAsync();

        Assert.Equal((RunState.Failed, ReceiptState.Failed), (night.Run.State, night.Run.Feeds[0].State));
        Assert.Contains("locations.csv", night.Run.StateReason, StringComparison.Ordinal);
        Assert.Empty(night.Received);
    }
}
