using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>A marking counts wherever a register may write it, and however it writes whom it means.</summary>
[Collection(TargetTests.Name)]
public sealed class MarkingPlaceTests(AzuriteFixture azurite)
{
    public static TheoryData<string> Keys =>
    [
        "\"securityMarking\":\"Sekretessmarkering\",\"securityMarking\":\"Ingen\"",
        "\"securityMarking\":\"Ingen\",\"securityMarking\":\"Sekretessmarkering\"",
        "\"securityMarking\":\"Okänd\",\"securityMarking\":null",
        "\"SecurityMarking\":\"Sekretessmarkering\"",
        "\"SECURITYMARKING\":\"Sekretessmarkering\",\"securityMarking\":\"Ingen\"",
        "\"security\\u004darking\":\"Sekretessmarkering\"",
        "\" securityMarking \":\"Sekretessmarkering\",\"securityMarking\":\"Ingen\"",
        "\"security_marking\":\"Sekretessmarkering\",\"securityMarking\":\"Ingen\"",
        "\"securityMarking\u200b\":\"Sekretessmarkering\"",
    ];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task On_the_person_in_any_key(string keys) =>
        await AssertGoneAsync(new RawSchool(MemoryTown.Make().MarkingAs("alva", "here").Data, "\"securityMarking\":\"here\"", keys));

    public static TheoryData<string> References => [.. Forms(Ids.Of("alva"))];

    [Theory]
    [MemberData(nameof(References))]
    public async Task On_a_reference_however_its_id_is_written(string id)
    {
        var town = MemoryTown.Make();
        town.Data[Collections.Groups][0]["groupMemberships"]![0]!["person"] = new JsonObject { ["id"] = "here", ["securityMarking"] = "Sekretessmarkering" };

        await AssertGoneAsync(new RawSchool(town.Data, "\"here\"", $"\"{id}\""));
    }

    public static TheoryData<string> GuardianReferences => [.. Forms(Ids.Of("gunhild"))];

    [Theory]
    [MemberData(nameof(GuardianReferences))]
    public async Task On_the_naming_of_somebody_responsible(string id)
    {
        var town = MemoryTown.Make();
        town.Person("alva")["responsibles"] = new JsonArray(
            new JsonObject { ["securityMarking"] = "Sekretessmarkering", ["person"] = new JsonObject { ["id"] = "here" }, ["relationType"] = "Vårdnadshavare" });

        await AssertGoneAsync(new RawSchool(town.Data, "\"here\"", $"\"{id}\""), gone: ["gunhild"]);
    }

    public static TheoryData<string> Wraps => ["membership", "placement", "duty"];

    [Theory]
    [MemberData(nameof(Wraps))]
    public async Task On_what_wraps_the_reference(string where)
    {
        var town = MemoryTown.Make();
        var row = where switch
        {
            "membership" => town.Data[Collections.Groups][0]["groupMemberships"]![0]!.AsObject(),
            "placement" => town.Placement("leisure", "alva", "north", "7a", "FTH"),
            _ => town.Duty("errand", "alva", "north"),
        };
        row["securityMarking"] = "Sekretessmarkering";

        await AssertGoneAsync(town.Data);
    }

    [Fact]
    public async Task On_a_group_it_means_nobody_and_keeps_nothing_back()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var town = MemoryTown.Make();
        town.Data[Collections.Groups][0]["securityMarking"] = "Sekretessmarkering";

        var night = await nights.NextAsync(town);

        Assert.Equal(RunState.Delivered, night.Night.Run.State);
        nights.AssertThere("alva", "bo");
    }

    private async Task AssertGoneAsync(ISchoolData marked, params string[] gone)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make());

        var night = await nights.NextAsync(marked);

        Assert.True(night.Night.Run.State == RunState.Delivered, night.Night.Run.StateReason);
        var labels = gone.Length == 0 ? ["alva", "gunhild"] : gone;
        nights.AssertGone(labels);
        nights.AssertThere("bo");
        foreach (var label in labels)
        {
            await night.AssertUntoldAsync(label);
        }
    }

    private static IEnumerable<string> Forms(string id) =>
        [id.ToUpperInvariant(), $" {id}", $"{id} ", $"{{{id}}}", $" {{ {id} }} ", Escaped(id), id.Replace("-", "\\u002d", StringComparison.Ordinal)];

    /// <summary>The first character as an escape.</summary>
    private static string Escaped(string id) => $"\\u{(int)id[0]:x4}{id[1..]}";
}
