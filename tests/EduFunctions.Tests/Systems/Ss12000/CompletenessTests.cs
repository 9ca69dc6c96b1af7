using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>The proof that a pull is whole, and the holds of one that cannot be true.</summary>
[Collection(SourceTests.Name)]
public sealed class CompletenessTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_manifest_proves_a_closed_chain_with_counts_and_references()
    {
        var school = School(pupils: 25);
        school.Group("klassen", "berget", "Klass", "pupil0", "stranger");

        var night = await azurite.Night(school).With("source.pageSize", 10).Dry().RunAsync();

        var manifest = await ManifestAsync(night);
        var persons = manifest.Collections["persons"];
        Assert.Equal((25, 25, 1, 1), (persons.Rows, persons.Distinct, persons.Resolved, persons.Dangling));
        Assert.Equal([10, 10, 5], persons.Pages.Select(page => page.Rows));
        Assert.Null(persons.Pages[0].Token);
        Assert.Null(persons.Pages[^1].Next);
        Assert.Equal(persons.Pages.SkipLast(1).Select(page => page.Next), persons.Pages.Skip(1).Select(page => page.Token));
        Assert.Matches("^[0-9a-f]{64}$", manifest.Sha256);
        Assert.Null(manifest.Previous);
    }

    [Fact]
    public async Task A_person_who_is_only_referred_to_is_looked_up()
    {
        var school = School(pupils: 3);
        school.Responsible("pupil0", "unlisted");
        var unlisted = new SchoolBuilder(Night.Today);
        unlisted.Guardian("unlisted");

        var night = await azurite.Night(school).Behaving(habits => habits.Unlisted = unlisted.Data).Dry().RunAsync();

        Assert.Equal(1, night.Run.Counts!.Guardians);
        Assert.Equal(0, night.Run.Pull!["persons"].Dangling);
        Assert.Equal(1, (await ManifestAsync(night)).Collections["persons-lookup"].Rows);
    }

    [Fact]
    public async Task Too_large_look_ups_are_halved_until_they_fit()
    {
        var school = School(pupils: 20);
        var unlisted = new SchoolBuilder(Night.Today);
        for (var guardian = 0; guardian < 20; guardian++)
        {
            school.Responsible($"pupil{guardian}", $"unlisted{guardian}");
            unlisted.Guardian($"unlisted{guardian}");
        }

        var night = await azurite.Night(school)
            .Behaving(habits => (habits.Unlisted, habits.MostLookedUp) = (unlisted.Data, 3)).Dry().RunAsync();

        Assert.Equal(20, night.Run.Counts!.Guardians);
    }

    [Theory]
    [InlineData("persons")]
    [InlineData("organisations")]
    public async Task An_empty_source_holds_the_run(string collection)
    {
        var school = School(pupils: 3);
        school.Data[collection].Clear();

        var night = await azurite.Night(school).RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains($"handed out no {collection}", night.Run.StateReason);
        Assert.Empty(night.Received);
    }

    [Fact]
    public async Task A_pull_that_shrank_by_half_is_held_and_its_figures_are_told()
    {
        var before = await azurite.Night(School(pupils: 21)).RunAsync();

        var night = await azurite.Night(School(pupils: 10)).As(before.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains("persons has 10 rows and had 21", night.Run.StateReason);
        Assert.Contains("--accept-shrink", night.Run.StateReason);
        Assert.Empty(night.Received);
    }

    [Fact]
    public async Task A_collection_that_had_rows_and_is_empty_now_is_held()
    {
        var school = School(pupils: 4);
        school.Employee("teacher");
        school.Duty("duty", "teacher", "berget");
        var before = await azurite.Night(school).RunAsync();
        school.Data["duties"].Clear();

        var night = await azurite.Night(school).As(before.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains("duties has 0 rows", night.Run.StateReason);
    }

    [Fact]
    public async Task Shrinking_within_the_limit_or_accepted_passes()
    {
        var before = await azurite.Night(School(pupils: 21)).With("guard.windowDays", 0).RunAsync();

        var within = await azurite.Night(School(pupils: 11)).With("guard.windowDays", 0).As(before.Run.Tenant).RunAsync();
        var accepted = await azurite.Night(School(pupils: 2)).With("guard.windowDays", 0).With("guard.minHalved", 0).As(before.Run.Tenant).AcceptingShrink().RunAsync();

        Assert.Equal(RunState.Delivered, within.Run.State);
        Assert.Equal(RunState.Delivered, accepted.Run.State);
    }

    [Fact]
    public async Task A_held_pull_and_a_dry_one_are_nothing_to_compare_with()
    {
        var before = await azurite.Night(School(pupils: 21)).RunAsync();
        await azurite.Night(School(pupils: 5)).As(before.Run.Tenant).RunAsync();
        await azurite.Night(School(pupils: 12)).As(before.Run.Tenant).Dry().RunAsync();

        var night = await azurite.Night(School(pupils: 9)).As(before.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains("had 21", night.Run.StateReason);
    }

    [Fact]
    public async Task Slices_of_no_time_at_all_come_to_the_same_feed()
    {
        var world = new SchoolWorld(new WorldOptions { Today = Night.Today });
        var whole = await azurite.Night(world).With("source.pageSize", 40).Dry().RunAsync();

        var sliced = await azurite.Night(world).With("source.pageSize", 40).Setting("Pipeline:SliceLength", "00:00:00.001").Dry().RunAsync();

        Assert.Equal(whole.Run.Feeds[0].Files, sliced.Run.Feeds[0].Files);
        Assert.Equal((await ManifestAsync(whole)).Sha256, (await ManifestAsync(sliced)).Sha256);
    }

    [Fact]
    public async Task Attributes_that_nobody_needs_are_reported()
    {
        var school = School(pupils: 3);
        school.Data["persons"][0]["civicNo"] = new System.Text.Json.Nodes.JsonObject { ["value"] = "201201019802" };

        var night = await azurite.Night(school).Dry().RunAsync();
        var needed = await azurite.Night(school).With("privacy.includeCivicNumber", true).Dry().RunAsync();

        Assert.Equal(1, night.Run.Findings.Single(finding => finding.Code == "unneeded.civicNo").Count);
        Assert.DoesNotContain(needed.Run.Findings, finding => finding.Code == "unneeded.civicNo");
    }

    private static SchoolBuilder School(int pupils)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        for (var pupil = 0; pupil < pupils; pupil++)
        {
            school.Student($"pupil{pupil}", "berget");
        }

        return school;
    }

    private async Task<SnapshotManifest> ManifestAsync(NightResult night)
    {
        var blob = await azurite.Blobs.ReadAsync("snapshots", $"{night.Run.Tenant}/{night.Run.Run}/manifest.json", CancellationToken.None);
        return JsonSerializer.Deserialize<SnapshotManifest>(blob!.Content, Serialization.Indented)!;
    }
}
