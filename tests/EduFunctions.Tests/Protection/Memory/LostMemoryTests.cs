using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Tests.Eligibility;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>A memory that is older than the last one is no memory, and what was lost with it is made anew of what is kept.</summary>
[Collection(TargetTests.Name)]
public sealed class LostMemoryTests(AzuriteFixture azurite)
{
    public static TheoryData<string[]> Rolled => [["memory.bin"], ["memory.bin", "seal.jsonl"]];

    [Theory]
    [MemberData(nameof(Rolled))]
    public async Task An_older_one_is_not_believed(string[] blobs)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make("pia").Marking("pia"));
        var older = new List<(string Name, byte[] Content)>();
        foreach (var name in blobs)
        {
            older.Add((name, (await azurite.Blobs.ReadAsync("state", $"{nights.Tenant}/{name}", CancellationToken.None))!.Content));
        }

        await nights.NextAsync(MemoryTown.Make("pia").Marking("pia", "alva"));
        foreach (var (name, content) in older)
        {
            await azurite.Blobs.WriteAsync("state", $"{nights.Tenant}/{name}", content, CancellationToken.None);
        }

        var night = await nights.NextAsync(MemoryTown.Make("pia"));
        var next = await nights.NextAsync(MemoryTown.Make("pia").Marking("pia", "alva"));

        nights.AssertGone("alva", "gunhild", "pia");
        nights.AssertThere("bo");
        await night.AssertUntoldAsync("alva");
        Assert.True(night.Night.HasFinding("memory.lost"));
        Assert.Contains(Alarm.AllOf(night.Night.Run), alarm => alarm.Kind == AlarmKind.Protection);
        Assert.False(next.Night.HasFinding("memory.lost"));
    }

    /// <summary>Then only the rosters tell, or the answers of the register themselves.</summary>
    [Theory]
    [InlineData("runs")]
    [InlineData("rosters")]
    public async Task It_is_made_anew_of_whatever_is_left(string container)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make());
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        await azurite.Blobs.DeleteAsync("state", $"{nights.Tenant}/memory.bin", CancellationToken.None);
        await foreach (var blob in azurite.Blobs.ListAsync(container, $"{nights.Tenant}/", CancellationToken.None))
        {
            await azurite.Blobs.DeleteAsync(container, blob.Name, CancellationToken.None);
        }

        var night = await nights.NextAsync(MemoryTown.Make());

        nights.AssertGone("alva", "gunhild");
        await night.AssertUntoldAsync("alva");
    }

    [Fact]
    public async Task One_that_is_as_it_was_written_last_is_believed()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        foreach (var town in new[] { MemoryTown.Make().Without("alva"), MemoryTown.Make(), MemoryTown.Make() })
        {
            var night = await nights.NextAsync(town);
            Assert.False(night.Night.HasFinding("memory.lost"));
        }

        nights.AssertThere("alva", "gunhild");
    }

    /// <summary>Who was marked by a held run alone is in no roster, but in what was sent for it.</summary>
    [Fact]
    public async Task Whom_a_held_run_took_out_is_known_still()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make());
        await nights.RunAsync(nights.Next(MemoryTown.Make().Marking("alva").Data).Behaving(habits => habits.Fault = page =>
            page.Collection == "duties" && Waiting.For(() => nights.HasStoredAsync("persons", nights: 2)) ? new Fault.Status(403) : null));
        await azurite.Blobs.DeleteAsync("state", $"{nights.Tenant}/memory.bin", CancellationToken.None);

        var night = await nights.NextAsync(MemoryTown.Make());

        nights.AssertGone("alva", "gunhild");
        await night.AssertUntoldAsync("alva");
    }

    [Fact]
    public async Task Who_answers_for_them_is_remembered_again()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var first = await nights.NextAsync(MemoryTown.Make());
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        await azurite.Blobs.DeleteAsync("state", $"{nights.Tenant}/memory.bin", CancellationToken.None);
        await nights.NextAsync(MemoryTown.Make().Without("alva", "gunhild"));

        var resent = await nights.RunAsync(nights.Next(MemoryTown.Make().Data).ResendAsync(first.Night.Run.Run));

        Assert.True(resent.Night.Run.State == RunState.Delivered, resent.Night.Run.StateReason);
        nights.AssertGone("alva", "gunhild");
        nights.AssertThere("bo");
        await resent.AssertUntoldAsync("alva");
        await resent.AssertUntoldAsync("gunhild");
    }

    /// <summary>The hashes of earlier nights are of use only with the key that they were made with.</summary>
    [Fact]
    public async Task The_old_id_is_known_still_by_the_civic_number()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        nights.Overrides["guard"] = new System.Text.Json.Nodes.JsonObject { ["minRemoved"] = 0, ["maxRemovedPercent"] = 0 };
        await nights.NextAsync(MemoryTown.Make());
        await azurite.Blobs.DeleteAsync("state", $"{nights.Tenant}/memory.bin", CancellationToken.None);

        var night = await nights.NextAsync(OldIdTests.Renewed(hasCivicNumber: true));

        nights.AssertGone("alva", "gunhild", "newcomer");
        await night.AssertUntoldAsync("alva");
    }
}
