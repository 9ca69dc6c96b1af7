using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Eligibility;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>What a register writes for whoever has none is nobody's: it makes nobody the same human, and keeps nobody out.</summary>
[Collection(TargetTests.Name)]
public sealed class NobodysValueTests(AzuriteFixture azurite)
{
    private static readonly string[] Others = ["pupila", "pupilb", "pupilc", "pupild", "pupile", "pupilf"];

    [Fact]
    public async Task A_login_that_a_crowd_has_protects_nobody_but_the_marked()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Sharing("expedition@skola.example", ["alva", .. Others]));

        var night = await nights.NextAsync(Sharing("expedition@skola.example", ["alva", .. Others]).Marking("alva"));

        Assert.True(night.Night.Run.State == RunState.Delivered, night.Night.Run.StateReason);
        nights.AssertGone("alva");
        nights.AssertThere(Others);
        Assert.False(night.Night.HasFinding("person.sharedIdentity") || night.Night.HasFinding("person.namesProtected"));
    }

    [Fact]
    public async Task A_word_for_none_is_nobodys_however_few_have_it()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var night = await nights.NextAsync(Sharing("ej@angiven.se", "alva", "pupila").Marking("alva"));

        Assert.True(night.Night.Run.State == RunState.Delivered, night.Night.Run.StateReason);
        nights.AssertGone("alva");
        nights.AssertThere("pupila");
    }

    [Fact]
    public async Task What_a_few_records_have_is_one_humans()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Sharing("alva.b@skola.example", "alva", "pupila", "pupilb").Marking("alva"));

        nights.AssertGone("alva", "pupila", "pupilb");
        nights.AssertThere("pupilc");
    }

    private static SchoolBuilder Sharing(string value, params string[] labels)
    {
        var school = MemoryTown.Make(Others);
        foreach (var label in labels)
        {
            school.Person(label)["eduPersonPrincipalNames"] = new JsonArray($"{label}@id.example", value);
        }

        return school;
    }
}
