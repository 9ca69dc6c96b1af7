using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems.Unikum;
using Xunit;

namespace EduFunctions.Tests.Deliveries;

/// <summary>What is gone or damaged is never taken for a first time: the feed is held with the blob's name, until it is made known again.</summary>
[Collection(TargetTests.Name)]
public sealed class LostTraceTests(AzuriteFixture azurite)
{
    private readonly UnikumNights _nights = new(azurite);

    [Theory]
    [InlineData("held.json", "gone")]
    [InlineData("held.json", "cut")]
    [InlineData("held.json", "empty")]
    public async Task What_is_known_of_a_target_is_missed_and_made_known_again(string file, string mishap)
    {
        var first = await _nights.NextAsync(UnikumTown.Make().WithClasses());
        var before = await ReadAsync(first, file);
        await DamageAsync(first, file, mishap);

        var held = await _nights.NextAsync(Changed());
        var shown = await _nights.Next(Changed()).RebaselineAsync(UnikumNights.Feed, isDryRun: true);
        var afterShowing = await azurite.Blobs.ReadAsync(Containers.State, Name(first, file), CancellationToken.None);
        var done = await _nights.Next(Changed()).RebaselineAsync(UnikumNights.Feed, isDryRun: false);
        var afterDoing = await ReadAsync(first, file);
        var next = await _nights.NextAsync(Changed());

        Assert.Equal((RunState.Held, ReceiptState.Held), (held.Run.State, held.Run.Feeds[0].State));
        Assert.Contains(Name(first, file), held.Run.StateReason);
        Assert.Contains("rebaseline --tenant", held.Run.StateReason);
        Assert.Empty(held.Received);
        Assert.Equal([$"state/{Name(first, file)}"], shown.Changes);
        Assert.Equal(mishap == "gone", afterShowing is null);
        Assert.Equal((null, 0), (done.Refusal, done.Missing.Count));
        Assert.Equal(before, afterDoing);
        Assert.Equal(RunState.Delivered, next.Run.State);
        _nights.AssertRelated("guardian_for", "gun alva", "gun cleo", "stig bo");
        _nights.AssertRelated("student_in_school", "alva north", "bo north", "cleo south");
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("cut")]
    public async Task What_was_delivered_last_is_made_known_again(string mishap)
    {
        var first = await _nights.NextAsync(UnikumTown.Make().WithClasses());
        var before = await ReadAsync(first, "delivered.json");
        await DamageAsync(first, "delivered.json", mishap);

        var done = await _nights.Next(Changed()).RebaselineAsync(UnikumNights.Feed, isDryRun: false);
        var next = await _nights.NextAsync(Changed());

        Assert.Equal([$"state/{Name(first, "delivered.json")}"], done.Changes);
        Assert.Equal(RunState.Delivered, next.Run.State);
        Assert.NotEqual(before, await ReadAsync(first, "delivered.json"));
        _nights.AssertRelated("student_in_school", "alva north", "bo north", "cleo south");
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("empty")]
    [InlineData("gone")]
    public async Task A_kept_file_that_is_damaged_holds_its_feed_alone_and_is_named(string mishap)
    {
        var first = await _nights.NextAsync(UnikumTown.Make().WithClasses());
        var kept = $"{first.Run.Run}/relations.held.txt";
        await DamageAsync(first, kept, mishap);

        var held = await _nights.NextAsync(Changed());
        var shown = await _nights.Next(Changed()).RebaselineAsync(UnikumNights.Feed, isDryRun: true);

        Assert.Equal(ReceiptState.Held, held.Run.Feeds[0].State);
        Assert.Contains(Name(first, kept), held.Run.StateReason);
        Assert.Contains("rebaseline --tenant", held.Run.StateReason);
        Assert.Equal([$"relations.held.txt of run {first.Run.Run}"], shown.Missing);
    }

    /// <summary>Under whatever name: what was sent lies under the one of then.</summary>
    [Theory]
    [InlineData("held.json", "gone")]
    [InlineData("held.json", "cut")]
    [InlineData("relations.held.txt", "gone")]
    [InlineData("relations.held.txt", "cut")]
    public async Task What_is_known_of_a_renamed_feeds_target_is_made_known_again(string file, string mishap)
    {
        const string Renamed = "relations";
        var first = await _nights.NextAsync(UnikumTown.Make().WithClasses());
        var tenant = first.Run.Tenant;
        await _nights.RunAsync(_nights.Next(Changed()).WithFeed("name", Renamed));
        var name = file == "held.json" ? file : $"{(await KnownAsync()).Single(known => known.Name == file).Run}/{file}";
        await DamageAsync($"{tenant}/feeds/{Renamed}/{name}", mishap);
        var later = Changed();
        later.Guardian("disa", "alva");

        var held = await _nights.RunAsync(_nights.Next(later).WithFeed("name", Renamed));
        var done = await _nights.Next(later).WithFeed("name", Renamed).RebaselineAsync(Renamed, isDryRun: false);
        var next = await _nights.RunAsync(_nights.Next(later).WithFeed("name", Renamed));

        Assert.Equal(ReceiptState.Held, held.Run.Feeds[0].State);
        Assert.Contains($"rebaseline --tenant {tenant} --feed {Renamed}", held.Run.StateReason);
        Assert.Null(done.Refusal);
        Assert.Equal((RunState.Delivered, null), (next.Run.State, next.Run.StateReason));
        _nights.AssertRelated("guardian_for", "disa alva", "gun alva", "gun cleo", "stig bo");
        _nights.AssertRelated("student_in_school", "alva north", "bo north", "cleo south");

        async Task<IReadOnlyList<KnownFile>> KnownAsync() => await new ReceiptStore(azurite.Blobs, new Discretion()).FindKnownAsync(tenant, Renamed, CancellationToken.None);
    }

    [Fact]
    public async Task A_feed_that_was_never_delivered_has_nothing_to_be_made_known_again()
    {
        var night = await _nights.Next(UnikumTown.Make()).Dry().RunAsync();

        var refused = await _nights.Next(UnikumTown.Make()).RebaselineAsync(UnikumNights.Feed, isDryRun: false);

        Assert.Equal(RunState.DryRun, night.Run.State);
        Assert.Contains("No receipt says", refused.Refusal);
    }

    private static SchoolBuilder Changed()
    {
        var changed = UnikumTown.Make().WithClasses();
        changed.Guardian("stig", "bo");
        changed.Remove(Collections.Persons, "dag");
        return changed;
    }

    private static string Name(NightResult night, string file) => $"{night.Run.Tenant}/feeds/{UnikumNights.Feed}/{file}";

    private async Task<byte[]> ReadAsync(NightResult night, string file) =>
        (await azurite.Blobs.ReadAsync(Containers.State, Name(night, file), CancellationToken.None))!.Content;

    private Task DamageAsync(NightResult night, string file, string mishap) => DamageAsync(Name(night, file), mishap);

    private async Task DamageAsync(string name, string mishap)
    {
        var content = (await azurite.Blobs.ReadAsync(Containers.State, name, CancellationToken.None))!.Content;
        await azurite.Blobs.DeleteAsync(Containers.State, name, CancellationToken.None);
        if (mishap != "gone")
        {
            await azurite.Blobs.WriteAsync(Containers.State, name, content.AsMemory(0, mishap == "cut" ? content.Length / 2 : 0), CancellationToken.None);
        }
    }
}
