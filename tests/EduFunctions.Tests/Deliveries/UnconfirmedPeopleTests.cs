using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;

namespace EduFunctions.Tests.Deliveries;

/// <summary>Who is in a delivery that nobody confirmed may be in the target: they are looked for there as in what was delivered last.</summary>
[Collection(TargetTests.Name)]
public sealed class UnconfirmedPeopleTests(AzuriteFixture azurite)
{
    private const string Newcomer = "newcomer";
    private const string Renewal = "renewal";

    /// <summary>The register has given her another id with the marking.</summary>
    [Theory]
    [InlineData("appleSchoolManager", "students.csv", "person_id")]
    [InlineData("schoolDataSync", "users.csv", "sourcedId")]
    [InlineData("oneRosterCsv", "users.csv", "sourcedId")]
    [InlineData("appleSchoolManager", "students.csv", "person_id", "renamed")]
    [InlineData("schoolDataSync", "users.csv", "sourcedId", "renamed")]
    public async Task Who_gets_a_new_id_with_the_marking_leaves_under_the_old_one(string type, string file, string column, string? name = null)
    {
        var first = await Of(type, azurite.Night(MemoryTown.Make())).RunAsync();
        await Lossy(Of(type, Next(first, 2, MemoryTown.Make(Newcomer)))).RunAsync();

        var resting = await Of(type, Resting(Next(first, 3, Renewed()))).WithFeed("name", name ?? first.Run.Feeds[0].Name).RunAsync();

        Assert.DoesNotContain(Ids.Of(Newcomer), new AppleZip(File.ReadAllBytes(resting.Received[^1].LocalFile)).Column(file, column));
    }

    [Fact]
    public async Task Who_is_marked_in_a_pull_that_breaks_off_leaves()
    {
        var first = await azurite.Night(MemoryTown.Make()).RunAsync();
        await Lossy(Next(first, 2, MemoryTown.Make(Newcomer))).RunAsync();

        var broken = await Next(first, 3, MemoryTown.Make(Newcomer).Marking(Newcomer)).Behaving(habits => habits.Fault = page =>
            page.Collection == Collections.Duties && Waiting.For(() => HasStoredAsync(first.Run.Tenant, nights: 3)) ? new Fault.Status(403) : null).RunAsync();

        Assert.Equal(RunState.Held, broken.Run.State);
        Assert.Equal(((string[])["alva", "bo", "cleo"]).Select(Ids.Of).Order(StringComparer.Ordinal), Students(broken).Order(StringComparer.Ordinal));
    }

    /// <summary>What a broken pull lacks stays, whether or not the target has confirmed that it has it.</summary>
    [Fact]
    public async Task Many_who_may_have_come_do_not_vanish_unseen()
    {
        var first = await azurite.Night(MemoryTown.Make()).RunAsync();
        await Lossy(Next(first, 2, MemoryTown.Make([.. Enumerable.Range(1, 15).Select(number => $"newcomer {number}")]))).RunAsync();

        var broken = await Next(first, 3, MemoryTown.Make()).RunAsync();

        Assert.Equal(RunState.Held, broken.Run.State);
        var feed = Assert.Single(broken.Run.Feeds);
        Assert.Contains(feed.Holds, hold => hold is { Code: HoldCode.Unconfirmed, Count: > 15, IsWhole: true });
        Assert.Empty(broken.Received);

        var (released, refusal) = await Next(first, 3, MemoryTown.Make()).ApproveAsync(broken.Run.Run, feed.Plan!.Hash);

        Assert.Null(refusal);
        Assert.Equal(3, Students(released).Count);
    }

    /// <summary>They may not have arrived either, and whoever never got as far as the target is not waited for, nor brought.</summary>
    [Fact]
    public async Task Nobody_is_kept_who_never_got_there()
    {
        var first = await azurite.Night(MemoryTown.Make()).RunAsync();
        var down = await Next(first, 2, MemoryTown.Make([.. Enumerable.Range(1, 15).Select(number => $"newcomer {number}")])).Registering(Unreachable.Register).RunAsync();
        Assert.Equal(RunState.Failed, down.Run.State);

        var mended = await Next(first, 3, MemoryTown.Make("other")).RunAsync();

        Assert.Equal(RunState.Delivered, mended.Run.State);
        Assert.Equal(4, Students(mended).Count);
        var resting = await Resting(Next(first, 4, MemoryTown.Make("other").Marking("bo"))).RunAsync();
        Assert.Equal(((string[])["alva", "cleo", "other"]).Select(Ids.Of).Order(StringComparer.Ordinal), Students(resting).Order(StringComparer.Ordinal));
    }

    /// <summary>Whoever may have come, or gone, with the delivery: nobody knows which.</summary>
    [Fact]
    public async Task Nobody_else_vanishes_from_a_target_that_rests()
    {
        var first = await azurite.Night(MemoryTown.Make("leaver")).RunAsync();
        await Lossy(Next(first, 2, MemoryTown.Make(Newcomer))).RunAsync();

        var resting = await Resting(Next(first, 3, MemoryTown.Make(Newcomer, "leaver").Marking("bo"))).RunAsync();

        string[] there = [.. ((string[])["alva", "cleo", Newcomer, "leaver"]).Select(Ids.Of).Order(StringComparer.Ordinal)];
        Assert.Equal(there, Students(resting).Order(StringComparer.Ordinal));
    }

    /// <summary>No more waits than would of what was confirmed.</summary>
    [Fact]
    public async Task One_who_may_have_come_goes_again()
    {
        var first = await azurite.Night(MemoryTown.Make()).RunAsync();
        await Lossy(Next(first, 2, MemoryTown.Make(Newcomer))).RunAsync();

        var third = await Next(first, 3, MemoryTown.Make("other")).RunAsync();

        Assert.Equal((RunState.Delivered, 2, 0), (third.Run.State, third.Run.Feeds[0].Plan!.Added, third.Run.Feeds[0].Plan!.Removed));
        Assert.DoesNotContain(Ids.Of(Newcomer), Students(third));
    }

    /// <summary>What such a target may have is known from the rosters then, of all nights since the last that was confirmed.</summary>
    [Theory]
    [InlineData("oneRosterCsv", "feeds/{0}/held.json")]
    [InlineData("oneRosterCsv", "feeds/{0}/")]
    [InlineData("unikumRelations", "feeds/{0}/held.json")]
    [InlineData("unikumRelations", "feeds/{0}/")]
    public async Task A_target_that_is_told_of_changes_forgets_whoever_it_may_have(string type, string lost)
    {
        var first = await Changes(type, azurite.Night(MemoryTown.Make())).RunAsync();
        await Lossy(Changes(type, Next(first, 2, MemoryTown.Make(Newcomer)))).RunAsync();
        await Lossy(Changes(type, Next(first, 3, MemoryTown.Make("other")))).RunAsync();
        var state = $"{first.Run.Tenant}/{string.Format(null, lost, first.Run.Feeds[0].Name)}";
        await foreach (var blob in azurite.Blobs.ListAsync(Containers.State, state, CancellationToken.None))
        {
            await azurite.Blobs.DeleteAsync(Containers.State, blob.Name, CancellationToken.None);
        }

        var resting = await Changes(type, Resting(Next(first, 4, MemoryTown.Make(Newcomer).Marking(Newcomer, "cleo")))).RunAsync();

        var told = string.Join('\n', new AppleZip(File.ReadAllBytes(resting.Received[^1].LocalFile)).Files.Values);
        Assert.Contains(Ids.Of(Newcomer), told);
        Assert.Contains(Ids.Of("cleo"), told);
        Assert.DoesNotContain(Ids.Of("bo"), told);
    }

    private static List<string> Students(NightResult night) => [.. new AppleZip(File.ReadAllBytes(night.Received[^1].LocalFile)).Column("students.csv", "person_id")];

    private static Night Of(string type, Night night) => night.WithFeed("type", type).WithFeed("settings", new JsonObject());

    private static Night Changes(string type, Night night) => night.WithFeed("type", type).WithFeed("settings", type == "oneRosterCsv"
        ? new JsonObject { ["mode"] = "delta" }
        : new JsonObject { ["organisationId"] = "nordhamn", ["fileName"] = "Nordhamn", ["layoutConfirmed"] = true });

    private static Night Lossy(Night night) => night.Registering(services => LosesAnswers.Register(services, answers: int.MaxValue));

    private static Night Resting(Night night) => night.WithFeed("freeze", new JsonObject { ["until"] = "2026-12-30", ["what"] = "all" });

    private static SchoolBuilder Renewed()
    {
        var town = MemoryTown.Make(Renewal);
        town.Person(Renewal)["civicNo"] = MemoryTown.Make(Newcomer).Person(Newcomer)["civicNo"]!.DeepClone();
        return town.Marking(Renewal);
    }

    /// <summary>Whether so many nights have stored persons.</summary>
    private async Task<bool> HasStoredAsync(string tenant, int nights)
    {
        var stored = await azurite.Blobs.ListAsync(Containers.Snapshots, $"{tenant}/", CancellationToken.None).Where(blob => blob.Name.Contains("/persons/")).ToListAsync();
        return stored.DistinctBy(blob => blob.Name.Split('/')[1]).Count() == nights;
    }

    private Night Next(NightResult first, int day, SchoolBuilder town) => azurite.Night(town).As(first.Run.Tenant).On(Night.Today.AddDays(day)).AcceptingShrink();
}
