using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Eligibility;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>The address of an office is nobody's: colleagues of somebody marked who have it too stay, and so do their lessons.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class OfficeAddressTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_three_colleagues_have_protects_none_of_the_others(bool isMasked)
    {
        using var ground = new InMemoryGround();
        await using var nights = await TargetNights.StartAsync(ground);
        await nights.NextAsync(Town());
        var town = Town().Marking("hugo");
        if (isMasked)
        {
            (town.Person("hugo")["givenName"], town.Person("hugo")["familyName"], town.Person("hugo")["emails"]) = ("Skyddad", "Identitet", new JsonArray());
        }

        var night = await nights.NextAsync(town);

        Assert.True(night.Night.Run.State == RunState.Delivered, night.Night.Run.StateReason);
        Assert.DoesNotContain(Ids.Of("hugo"), nights.Learn.State.Enabled("person"));
        Assert.All((string[])["tyra", "vidar"], label => Assert.Contains(Ids.Of(label), nights.Learn.State.Enabled("person")));
        Assert.False(night.Night.HasFinding("person.sharedIdentity") || night.Night.HasFinding("person.namesProtected"));
    }

    /// <summary>Records of one human are named alike, and two who share a login may be one.</summary>
    [Theory]
    [InlineData("Hugo")]
    [InlineData("elsewhere")]
    public async Task What_one_human_has_three_times_or_three_have_at_three_schools_is_one_humans(string what)
    {
        using var ground = new InMemoryGround();
        await using var nights = await TargetNights.StartAsync(ground);
        var town = Town();
        if (what == "Hugo")
        {
            (town.Person("tyra")["givenName"], town.Person("vidar")["givenName"]) = ("Hugo", "Hugo");
        }
        else
        {
            town.Unit("south");
            town.Unit("east");
            town.Data[Collections.Duties].Single(duty => (string?)duty["id"] == Ids.Of("tyra's"))["dutyAt"]!["id"] = Ids.Of("south");
            town.Data[Collections.Duties].Single(duty => (string?)duty["id"] == Ids.Of("vidar's"))["dutyAt"]!["id"] = Ids.Of("east");
        }

        await nights.NextAsync(town.Marking("hugo"));

        nights.AssertGone("hugo", "tyra", "vidar");
    }

    private static SchoolBuilder Town()
    {
        var town = MemoryTown.Make();
        foreach (var label in (string[])["tyra", "vidar"])
        {
            town.Employee(label);
            town.Duty($"{label}'s", label, "north");
        }

        foreach (var label in (string[])["hugo", "tyra", "vidar"])
        {
            town.Person(label)["emails"] = new JsonArray(new JsonObject { ["value"] = "expedition@skola.example", ["type"] = "Skola personal" });
        }

        return town;
    }
}
