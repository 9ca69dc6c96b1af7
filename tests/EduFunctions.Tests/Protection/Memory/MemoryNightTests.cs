using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Eligibility;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Whoever was ever marked is seen nowhere until the register says otherwise, twice: night after night, in every target.</summary>
[Collection(TargetTests.Name)]
public sealed class MemoryNightTests(AzuriteFixture azurite)
{
    public static TheoryData<string> Spellings =>
    [
        "\"sekretessmarkering\"", "\"Skyddad folkbokfo\\u0308ring\"", "\" Sekretessmarkering\"", "true", "[\"Sekretessmarkering\"]", "\"Skyddad Identitet\"",
        "{\"value\":\"Sekretessmarkering\"}", "1", "\"\"",
    ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task A_marking_that_nobody_knows_makes_them_leave_by_keys_alone(string marking)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make());
        nights.AssertThere("alva", "bo");

        var night = await nights.NextAsync(MemoryTown.Make().MarkingAs("alva", JsonNode.Parse(marking)));

        Assert.Equal(RunState.Delivered, night.Night.Run.State);
        nights.AssertGone("alva", "gunhild");
        nights.AssertThere("bo");
        await night.AssertUntoldAsync("alva");
        await night.AssertUntoldAsync("gunhild");
        Assert.Equal("no: person.markingUnknown", await night.Night.StudentAsync("alva"));
    }

    [Fact]
    public async Task An_earlier_pull_whose_manifest_is_damaged_keeps_nobody_in()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var first = await nights.NextAsync(MemoryTown.Make());
        await azurite.Blobs.WriteAsync("snapshots", $"{nights.Tenant}/{first.Night.Run.Run}/manifest.json", "damaged"u8.ToArray(), CancellationToken.None);

        // Somebody referred to and missing makes the pull look at the one before.
        var night = await nights.NextAsync(MemoryTown.Make().Marking("alva").MissingRecord("cleo"));

        Assert.DoesNotContain("manifest.json", night.Night.Run.StateReason ?? "", StringComparison.Ordinal);
        nights.AssertGone("alva", "gunhild");
    }

    [Fact]
    public async Task Many_at_once_are_not_held()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var others = Enumerable.Range(0, 30).Select(number => $"pupil{(char)('a' + (number / 6))}{(char)('a' + (number % 6))}").ToArray();
        await nights.NextAsync(MemoryTown.Make(others));
        var marked = others[..12];
        var town = MemoryTown.Make(others);
        foreach (var label in marked)
        {
            town.MarkingAs(label, "Skyddad Identitet");
        }

        var night = await nights.NextAsync(town);

        Assert.Equal(RunState.Delivered, night.Night.Run.State);
        nights.AssertGone(marked);
        foreach (var label in marked)
        {
            await night.AssertUntoldAsync(label);
        }
    }

    [Fact]
    public async Task Who_is_gone_before_the_target_took_the_marking_goes_by_keys_alone()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var first = await nights.NextAsync(MemoryTown.Make());
        nights.Learn.Habits.Fault = (_, _) => LearnFault.ServerError;
        await nights.RunAsync(nights.Next(MemoryTown.Make().Marking("alva").Data).Setting($"Secrets:{TenantJson.DropBoxSecret}", "changed"));
        nights.Learn.Habits.Fault = (_, _) => null;

        var third = await nights.NextAsync(MemoryTown.Make().Without("alva"));
        var resent = await nights.RunAsync(nights.Next(MemoryTown.Make().Data).ResendAsync(first.Night.Run.Run));

        Assert.Equal((RunState.Delivered, RunState.Delivered), (third.Night.Run.State, resent.Night.Run.State));
        nights.AssertGone("alva", "gunhild");
        foreach (var night in new[] { third, resent })
        {
            await night.AssertUntoldAsync("alva");
            await night.AssertUntoldAsync("gunhild");
        }
    }

    [Fact]
    public async Task A_replay_of_an_earlier_night_is_without_them()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var first = await nights.NextAsync(MemoryTown.Make());
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));

        var files = await nights.Next(MemoryTown.Make().Data).ReplayAsync(first.Night.Run.Run);

        Assert.NotEmpty(files["learn/person.txt"]);
        Assert.Contains(Ids.Of("bo"), files["learn/person.txt"]);
        Assert.DoesNotContain(Ids.Of("alva"), files["learn/person.txt"]);
        Assert.DoesNotContain("Alva", string.Concat(files.Values), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Absence_takes_nobody_back()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        await nights.NextAsync(MemoryTown.Make().Without("alva"));
        await nights.NextAsync(MemoryTown.Make().Without("alva"));

        var back = await nights.NextAsync(MemoryTown.Make());

        nights.AssertGone("alva", "gunhild");
        await back.AssertUntoldAsync("alva");
        Assert.Contains("\"markedOn\":\"earlier\"", (await back.Night.ExplainAsJsonAsync("alva")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_unmarked_twice_in_a_row_is_seen_again()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        await nights.NextAsync(MemoryTown.Make());
        await nights.NextAsync(MemoryTown.Make().MarkingAs("alva", "Okänd"));
        await nights.NextAsync(MemoryTown.Make());
        nights.AssertGone("alva", "gunhild");

        // A pull that breaks off counts as none.
        var broken = await nights.RunAsync(nights.Next(MemoryTown.Make().Data)
            .Behaving(habits => habits.Fault = page => page.Collection == "duties" ? new Fault.Status(403) : null));
        Assert.Equal(RunState.Held, broken.Night.Run.State);
        nights.AssertGone("alva");

        await nights.NextAsync(MemoryTown.Make());
        nights.AssertThere("alva", "gunhild");
    }

    [Fact]
    public async Task More_than_may_be_unmarked_at_once_wait_for_an_operator()
    {
        var eight = Enumerable.Range(0, 8).Select(number => $"pupil{(char)('a' + number)}").ToArray();
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make(eight).Marking(eight));
        var second = await nights.NextAsync(MemoryTown.Make(eight));
        Assert.Equal(RunState.Delivered, second.Night.Run.State);

        var third = await nights.NextAsync(MemoryTown.Make(eight));

        Assert.Equal(RunState.Held, third.Night.Run.State);
        Assert.All(third.Night.Run.Feeds, feed => Assert.Contains(feed.Holds, hold => hold is { Code: HoldCode.Unprotected, Count: 8, LimitPercent: 2 }));
        nights.AssertGone(eight);
        nights.AssertThere("alva");
        await third.AssertUntoldAsync(eight[0]);

        var plan = third.Night.Run.Feeds[0].Plan!.Hash;
        var (approved, refusal) = await nights.Next(MemoryTown.Make(eight).Data).ApproveAsync(third.Night.Run.Run, plan);
        await nights.RunAsync(Task.FromResult(approved));
        Assert.Null(refusal);
        nights.AssertGone(eight);

        await nights.NextAsync(MemoryTown.Make(eight));
        nights.AssertThere(eight);
    }

    [Fact]
    public async Task Two_who_are_unmarked_every_night_wait_as_many_would()
    {
        var eight = Enumerable.Range(0, 8).Select(number => $"pupil{(char)('a' + number)}").ToArray();
        await using var nights = await TargetNights.StartAsync(azurite);
        foreach (var marked in (string[][])[eight, eight[2..], eight[4..], eight[6..]])
        {
            var night = await nights.NextAsync(MemoryTown.Make(eight).Marking(marked));
            Assert.Equal(RunState.Delivered, night.Night.Run.State);
        }

        nights.AssertThere(eight[..4]);
        var fifth = await nights.NextAsync(MemoryTown.Make(eight).Marking(eight[6..]));

        Assert.All(fifth.Night.Run.Feeds, feed => Assert.Contains(feed.Holds, hold => hold is { Code: HoldCode.Unprotected, Count: 2 }));
        nights.AssertGone(eight[4..]);
        await fifth.AssertUntoldAsync(eight[4]);
    }

    [Fact]
    public async Task A_marking_in_a_pull_that_breaks_off_is_remembered()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make());
        var broken = await nights.RunAsync(nights.Next(MemoryTown.Make().Marking("alva").Data).Behaving(habits => habits.Fault = page =>
            page.Collection == "duties" && Waiting.For(() => nights.HasStoredAsync("persons", nights: 2)) ? new Fault.Status(403) : null));

        var night = await nights.NextAsync(MemoryTown.Make());

        Assert.Equal(RunState.Held, broken.Night.Run.State);
        nights.AssertGone("alva", "gunhild");
        await night.AssertUntoldAsync("alva");
    }

    [Theory]
    [InlineData("the pull")]
    [InlineData("what was sent again")]
    [InlineData("what was noted")]
    public async Task A_resend_keeps_back_what_the_memory_knows_by_a_pull_that_came_to_nothing(string latest)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var town = () =>
        {
            var school = MemoryTown.Make();
            (school.Person("alva")["givenName"], school.Person("alva")["familyName"]) = ("Zqalva", "Zqberglund");
            school.Data[Collections.Groups][0]["displayName"] = "Stöd ZqalvaZqberglund4b";
            return school;
        };
        var first = await nights.NextAsync(town());
        if (latest == "what was sent again")
        {
            await nights.RunAsync(nights.Next(town().Data).ResendAsync(first.Night.Run.Run));
        }

        var broken = await nights.RunAsync(nights.Next(town().Marking("alva").Data).Behaving(habits => habits.Fault = page =>
            page.Collection == "duties" && Waiting.For(() => nights.HasStoredAsync("persons", nights: 2)) ? new Fault.Status(403) : null));

        if (latest == "what was noted")
        {
            await azurite.Blobs.DeleteAsync("snapshots", $"{nights.Tenant}/{first.Night.Run.Run}/manifest.json", CancellationToken.None);
        }

        var resent = await nights.RunAsync(nights.Next(town().Data).ResendAsync(first.Night.Run.Run));

        Assert.Equal((RunState.Held, RunState.Delivered), (broken.Night.Run.State, resent.Night.Run.State));
        nights.AssertGone("alva", "gunhild");
        await resent.AssertUntoldAsync("alva", "Zqalva", "Zqberglund");
        Assert.Contains(resent.Posts, post => post.Text.Contains($"Klass {Ids.Of("7a")[..8]}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_marking_in_a_pull_that_is_too_small_is_remembered()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var others = Enumerable.Range(0, 20).Select(number => $"pupil{(char)('a' + number)}").ToArray();
        await nights.NextAsync(MemoryTown.Make(others));
        var held = await nights.RunAsync(nights.Next(MemoryTown.Make().Marking("alva").Data, acceptsShrink: false));
        Assert.Equal(RunState.Held, held.Night.Run.State);

        var night = await nights.NextAsync(MemoryTown.Make(others));

        nights.AssertGone("alva", "gunhild");
        await night.AssertUntoldAsync("alva");
    }

    [Fact]
    public async Task A_dry_run_remembers_nothing()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make());
        await nights.RunAsync(nights.Next(MemoryTown.Make().Marking("alva").Data).Dry());

        await nights.NextAsync(MemoryTown.Make());

        nights.AssertThere("alva", "gunhild");
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("cut")]
    public async Task A_lost_memory_is_made_of_the_rosters_that_are_kept(string mishap)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        var blob = (await azurite.Blobs.ReadAsync("state", $"{nights.Tenant}/memory.bin", CancellationToken.None))!;
        await azurite.Blobs.DeleteAsync("state", $"{nights.Tenant}/memory.bin", CancellationToken.None);
        if (mishap == "cut")
        {
            await azurite.Blobs.WriteAsync("state", $"{nights.Tenant}/memory.bin", blob.Content.AsMemory(0, blob.Content.Length / 2), CancellationToken.None);
        }

        await nights.NextAsync(MemoryTown.Make());

        nights.AssertGone("alva", "gunhild");
        nights.AssertThere("bo");
    }
}
