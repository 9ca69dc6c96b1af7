using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>The old record of somebody who came back marked under a new id is looked for as often as more is known.</summary>
[Collection(TargetTests.Name)]
public sealed class OldIdTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Also_when_the_civic_number_comes_a_night_later()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        nights.Overrides["guard"] = new JsonObject { ["minRemoved"] = 0, ["maxRemovedPercent"] = 0 };
        await nights.NextAsync(MemoryTown.Make());
        await nights.NextAsync(Renewed(hasCivicNumber: false));
        nights.AssertThere("alva");

        var night = await nights.NextAsync(Renewed(hasCivicNumber: true));

        nights.AssertGone("alva", "newcomer", "gunhild");
        await night.AssertUntoldAsync("alva");
    }

    [Fact]
    public async Task Also_when_what_was_delivered_could_not_be_read_that_night()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var first = await nights.NextAsync(MemoryTown.Make());
        var roster = $"{nights.Tenant}/{first.Night.Run.Run}/roster.bin";
        var content = (await azurite.Blobs.ReadAsync("rosters", roster, CancellationToken.None))!.Content;
        await azurite.Blobs.DeleteAsync("rosters", roster, CancellationToken.None);
        await azurite.Blobs.DeleteAsync("snapshots", $"{nights.Tenant}/{first.Night.Run.Run}/manifest.json", CancellationToken.None);
        var held = await nights.NextAsync(Renewed(hasCivicNumber: true));
        Assert.Equal(RunState.Held, held.Night.Run.State);
        await azurite.Blobs.WriteAsync("rosters", roster, content, CancellationToken.None);

        var night = await nights.NextAsync(Renewed(hasCivicNumber: true));

        nights.AssertGone("alva", "newcomer", "gunhild");
        await night.AssertUntoldAsync("alva");
    }

    /// <summary>A target whose record is lost is given nothing, and has the old id for as long.</summary>
    [Fact]
    public async Task Also_where_only_a_target_that_waits_has_it()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make());
        await azurite.Blobs.DeleteAsync("state", $"{nights.Tenant}/feeds/apple/delivered.json", CancellationToken.None);
        var renewed = MemoryTown.Make("newcomer").Without("alva");
        renewed.Person("newcomer")["civicNo"] = MemoryTown.Make().Person("alva")["civicNo"]!.DeepClone();
        var held = await nights.NextAsync(renewed);
        Assert.Equal(RunState.Held, held.Night.Run.State);

        await nights.NextAsync(Renewed(hasCivicNumber: true));

        nights.AssertGone("alva", "newcomer");
    }

    /// <summary>Of what tells one human the register has changed all but this.</summary>
    [Theory]
    [InlineData("name")]
    [InlineData("school address")]
    public async Task Also_when_nothing_else_has_stayed(string what)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make());
        var (town, alva) = (Renewed(hasCivicNumber: false), MemoryTown.Make().Person("alva"));
        foreach (var key in what == "name" ? (string[])["givenName", "familyName"] : ["emails"])
        {
            town.Person("newcomer")[key] = alva[key]!.DeepClone();
        }

        var night = await nights.NextAsync(town);

        nights.AssertGone("alva", "newcomer", "gunhild");
        nights.AssertThere("bo");
        await night.AssertUntoldAsync("alva");
        await night.AssertUntoldAsync("gunhild");
    }

    /// <summary>Alva is gone, and somebody new is marked who tells nothing else of herself.</summary>
    internal static SchoolBuilder Renewed(bool hasCivicNumber)
    {
        var town = MemoryTown.Make("newcomer").Without("alva").Marking("newcomer");
        var newcomer = town.Person("newcomer");
        (newcomer["givenName"], newcomer["familyName"]) = ("Skyddad", "Identitet");
        newcomer["emails"] = new JsonArray();
        newcomer["eduPersonPrincipalNames"] = new JsonArray();
        newcomer["civicNo"] = hasCivicNumber ? MemoryTown.Make().Person("alva")["civicNo"]!.DeepClone() : null;
        return town;
    }
}
