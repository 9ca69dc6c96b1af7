using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>What stands in a secret can be changed by others than who keeps the tenant file, and some of it ends by the clock: it is the trouble of the feed that uses it.</summary>
[Collection(TargetTests.Name)]
public sealed class UnusableSecretTests(AzuriteFixture azurite)
{
    private const string Chosen = "cleo;Kim;Berg";

    [Theory]
    [InlineData("cleo,Kim,Berg", "line 1 is not id;given name;family name")]
    [InlineData("cleo;Kim;Berg\nbo;Kim;Berg", "line 2 has a name that an earlier line has")]
    [InlineData("cleo;Kim;Berg\nCLEO;Lo;Berg", "line 2 has an id that an earlier line has")]
    public async Task A_list_of_aliases_with_an_error_keeps_nobody_in(string list, string why)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.RunAsync(Aliased(nights, MemoryTown.Make(), Chosen));
        nights.AssertThere("alva", "bo");

        var sent = await nights.RunAsync(Aliased(nights, MemoryTown.Make().Marking("alva"), list));

        nights.AssertGone("alva");
        await sent.AssertUntoldAsync("alva");
        Assert.Contains(Ids.Of("bo"), nights.Learn.State.Enabled("person"));
        Assert.Contains(Ids.Of("bo"), string.Concat(nights.Apple!.Files.Values), StringComparison.Ordinal);
        var (apple, others) = (sent.Night.Run.Feeds[0], sent.Night.Run.Feeds.Skip(1));
        Assert.Equal(ReceiptState.Failed, apple.State);
        Assert.Contains(why, apple.Reason);
        Assert.Contains(why, sent.Night.Run.TenantFileProblem);
        Assert.DoesNotContain("Kim", apple.Reason);
        Assert.All(others, feed => Assert.True(feed.IsDelivered, $"{feed}"));
    }

    [Fact]
    public async Task Once_the_list_is_corrected_the_next_night_is_as_any_other()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.RunAsync(Aliased(nights, MemoryTown.Make(), Chosen));
        await nights.RunAsync(Aliased(nights, MemoryTown.Make().Marking("alva"), "cleo"));

        var sent = await nights.RunAsync(Aliased(nights, MemoryTown.Make().Marking("alva"), Chosen));

        Assert.Equal(RunState.Delivered, sent.Night.Run.State);
        Assert.Null(sent.Night.Run.TenantFileProblem);
        nights.AssertGone("alva");
        Assert.Equal(3, nights.Apple!.Rows("students.csv").Count);
    }

    [Theory]
    [InlineData("receiverKey")]
    [InlineData("signingKey")]
    public async Task A_key_that_is_good_no_more_stops_its_own_feed(string key)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make());
        var night = nights.Next(MemoryTown.Make().Marking("alva").Data).Setting("Secrets:old", "no key");
        night.Feeds[2]!["delivery"]!["openPgp"] = new JsonObject { ["receiverKey"] = Secret("old"), ["signingKey"] = Secret("old") };

        var sent = await nights.RunAsync(night);

        Assert.DoesNotContain(Ids.Of("alva"), nights.Learn.State.Enabled("person"));
        Assert.DoesNotContain(Ids.Of("alva"), string.Concat(nights.Apple!.Files.Values), StringComparison.Ordinal);
        Assert.Equal([true, true, false], sent.Night.Run.Feeds.Select(feed => feed.IsDelivered));
        Assert.Contains($"delivery.openPgp.{key} the secret \"old\"", sent.Night.Run.Feeds[2].Reason);
    }

    private static JsonObject Secret(string name) => new() { ["secret"] = name };

    private static Night Aliased(TargetNights nights, SchoolBuilder school, string list)
    {
        var alias = new JsonObject { ["secret"] = Secret("alias"), ["names"] = Secret("chosen") };
        return nights.Next(school.Data).WithApple("pseudonymise", alias).Setting("Secrets:alias", new string('s', 32)).Setting("Secrets:chosen", list);
    }
}
