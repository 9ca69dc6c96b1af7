using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Retention;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>What is stored is kept for so long and no longer; what the next night needs, and what proves the nights before, stays.</summary>
[Collection(ProtectedTests.Name)]
public sealed class RetentionTests(AzuriteFixture azurite)
{
    private const string Old = "20200101T000000Z-0000";

    [Fact]
    public async Task A_night_deletes_the_snapshots_whose_time_is_over()
    {
        var first = await NightAsync();
        var tenant = first.Run.Tenant;
        foreach (var name in new[] { "manifest.json", "persons/000000.json.gz" })
        {
            await azurite.Blobs.WriteAsync("snapshots", $"{tenant}/{Old}/{name}", "{}"u8.ToArray(), CancellationToken.None);
        }

        Assert.Equal([Old, first.Run.Run], await FoldersAsync("snapshots", tenant));
        var later = new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(2));
        var second = await azurite.Night(School()).As(tenant).Registering(services => services.AddSingleton<TimeProvider>(later)).RunAsync();

        Assert.Equal(RunState.Delivered, second.Run.State);
        Assert.Equal([first.Run.Run, second.Run.Run], await FoldersAsync("snapshots", tenant));
    }

    [Theory]
    [InlineData(29, 1)]
    [InlineData(31, 0)]
    public async Task The_days_are_those_of_the_tenant(int later, int left)
    {
        var night = await NightAsync();

        await ApplyAsync(night.Run.Tenant, night.Run.Started.AddDays(later), night.Run.Run);

        Assert.Equal(left, (await FoldersAsync("snapshots", night.Run.Tenant)).Count);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public async Task A_night_looks_into_half_of_it_and_the_next_into_the_rest(int later)
    {
        var (tenant, night) = ($"t{Guid.NewGuid():n}", DateTimeOffset.UtcNow.AddDays(later));
        string[] old = [$"snapshots/{tenant}/{Old}/manifest.json", $"rosters/{tenant}/{Old}/roster.bin", $"feeds/{tenant}/{Old}/apple/asm.zip", $"state/{tenant}/poison/{Old}-extract.json"];
        foreach (var blob in old.Select(blob => blob.Split('/', 2)))
        {
            await azurite.Blobs.WriteAsync(blob[0], blob[1], "{}"u8.ToArray(), CancellationToken.None);
        }

        await ApplyAsync(tenant, night, previous: RunId.New(night.AddDays(-1), after: null));
        var left = await Retaining(night).FindAsync(tenant, new PrivacySettings(), CancellationToken.None);
        await ApplyAsync(tenant, night.AddDays(1), previous: RunId.New(night, after: null));

        Assert.True(left.SequenceEqual(old[..2]) || left.SequenceEqual(old[2..]));
        Assert.Empty(await Retaining(night).FindAsync(tenant, new PrivacySettings(), CancellationToken.None));
    }

    [Fact]
    public async Task Rosters_and_files_go_but_not_what_was_delivered_last_nor_any_record()
    {
        var first = await NightAsync();
        var tenant = first.Run.Tenant;
        var second = await NightAsync(tenant, "bo");
        var unchanged = await NightAsync(tenant, "bo");

        await ApplyAsync(tenant, unchanged.Run.Started.AddDays(91), unchanged.Run.Run);

        Assert.Equal(ReceiptState.SkippedUnchanged, unchanged.Run.Feeds[0].State);
        Assert.Equal(["plan.json"], await FilesAsync("rosters", first.Run));
        Assert.Equal(["receipt.json"], await FilesAsync("feeds", first.Run));
        Assert.Equal(["plan.json"], await FilesAsync("rosters", second.Run));
        Assert.Equal(["asm.zip", "receipt.json"], await FilesAsync("feeds", second.Run));
        Assert.Contains("roster.bin", await FilesAsync("rosters", unchanged.Run));
        var next = await NightAsync(tenant, "bo", "cilla");
        Assert.Equal(RunState.Delivered, next.Run.State);
        Assert.Empty(next.Run.Feeds[0].Holds);
    }

    /// <summary>Whose feed returns later finds a lost baseline, not a stranger's.</summary>
    [Theory]
    [InlineData(89, 0)]
    [InlineData(91, 2)]
    public async Task What_is_on_record_of_a_target_that_no_feed_goes_to_is_kept_as_long_as_rosters(int later, int gone)
    {
        var tenant = $"t{Guid.NewGuid():n}";
        foreach (var name in new[] { "@0123/delivered.json", "@0123/held.json", "apple/delivered.json" })
        {
            await azurite.Blobs.WriteAsync("state", $"{tenant}/feeds/{name}", "[]"u8.ToArray(), CancellationToken.None);
        }

        var due = await Retaining(DateTimeOffset.UtcNow.AddDays(later)).FindAsync(tenant, new PrivacySettings(), CancellationToken.None);

        Assert.Equal(gone, due.Count);
        Assert.All(due, blob => Assert.Contains("/@0123/", blob));
    }

    [Fact]
    public async Task The_command_lists_first_and_deletes_then()
    {
        await using var town = await Town.StartAsync(azurite, School().Data);
        await town.PassAsync();
        await azurite.Blobs.WriteAsync("snapshots", $"{town.Id}/{Old}/persons/000000.json.gz", "{}"u8.ToArray(), CancellationToken.None);
        await azurite.Blobs.WriteAsync("feeds", $"{town.Id}/{Old}/apple/asm.zip", "{}"u8.ToArray(), CancellationToken.None);
        await azurite.Blobs.WriteAsync("feeds", $"{town.Id}/{Old}/apple/receipt.json", "{}"u8.ToArray(), CancellationToken.None);

        var dry = await town.CommandAsync("purge", "--tenant", town.Id, "--dry-run");
        var left = await FoldersAsync("snapshots", town.Id);
        var done = await town.CommandAsync("purge", "--tenant", town.Id);

        Assert.Equal((0, 0), (dry.ExitCode, done.ExitCode));
        Assert.Equal(2, left.Count);
        Assert.Equal(
            [$"snapshots/{town.Id}/{Old}/persons/000000.json.gz", $"feeds/{town.Id}/{Old}/apple/asm.zip"],
            JsonNode.Parse(done.Output)!["removed"]!.AsArray().Select(blob => (string)blob!));
        Assert.Equal(dry.Output, done.Output);
        Assert.Single(await FoldersAsync("snapshots", town.Id));
    }

    private Task ApplyAsync(string tenant, DateTimeOffset now, string previous) =>
        Retaining(now).ApplyAsync(tenant, new PrivacySettings(), RunId.New(now, after: null), previous, CancellationToken.None);

    private Retaining Retaining(DateTimeOffset now)
    {
        var time = new FakeTimeProvider(now);
        var discretion = new Discretion();
        var (runs, receipts) = (new RunStore(azurite.Blobs, discretion, time), new ReceiptStore(azurite.Blobs, discretion));
        return new Retaining(azurite.Blobs, new BlobsInUse(azurite.Blobs, runs, receipts, new TriedDeliveries(runs, receipts)), time);
    }

    private static SchoolBuilder School(params string[] further)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        foreach (var student in further.Prepend("alva"))
        {
            school.Student(student, "north");
        }

        return school;
    }

    private Task<NightResult> NightAsync(string? tenant = null, params string[] further) =>
        (tenant is null ? azurite.Night(School(further)) : azurite.Night(School(further)).As(tenant)).RunAsync();

    private Task<IReadOnlyList<string>> FoldersAsync(string container, string tenant) => azurite.Blobs.FoldersAsync(container, $"{tenant}/", CancellationToken.None);

    private async Task<IReadOnlyList<string>> FilesAsync(string container, RunRecord run)
    {
        var files = new List<string>();
        await foreach (var blob in azurite.Blobs.ListAsync(container, $"{run.Tenant}/{run.Run}/", CancellationToken.None))
        {
            files.Add(Path.GetFileName(blob.Name));
        }

        return [.. files.Distinct().Order(StringComparer.Ordinal)];
    }
}
