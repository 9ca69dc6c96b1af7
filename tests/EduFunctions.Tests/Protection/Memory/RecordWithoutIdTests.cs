using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>A marked record without an id that can be used is somebody all the same, and is remembered by whatever it says.</summary>
[Collection(TargetTests.Name)]
public sealed class RecordWithoutIdTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("civicNo", null)]
    [InlineData("eduPersonPrincipalNames", null)]
    [InlineData("civicNo", "an id that is longer than any register may write one, so that it cannot be used")]
    public async Task It_is_remembered_until_the_register_takes_it_back(string attribute, string? id)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make());
        var town = MemoryTown.Make().Without("alva");
        town.Data[Collections.Persons].Add(Only(MemoryTown.Make().Person("alva"), attribute, id));

        var marked = await nights.NextAsync(town);
        Assert.True(marked.Night.Run.State == RunState.Delivered, marked.Night.Run.StateReason);
        nights.AssertGone("alva");
        await marked.AssertUntoldAsync("alva");

        var back = await nights.NextAsync(MemoryTown.Make());
        nights.AssertGone("alva");
        await back.AssertUntoldAsync("alva");

        await nights.NextAsync(MemoryTown.Make());
        nights.AssertThere("alva", "gunhild");
    }

    private static JsonObject Only(JsonObject person, string attribute, string? id)
    {
        var record = new JsonObject { ["securityMarking"] = "Sekretessmarkering", [attribute] = person[attribute]!.DeepClone() };
        if (id is not null)
        {
            record["id"] = id;
        }

        return record;
    }
}
