using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Eligibility;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>One human is one person, under whatever id and however many times the register keeps him or her.</summary>
[Collection(TargetTests.Name)]
public sealed class SharedIdentityTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("20130705-9870", "20130705-9870")]
    [InlineData("20130705-9870", "201307059870")]
    [InlineData("20130705-9870", "130705-9870")]
    [InlineData("20130705-9870", " 130705 9870")]
    public async Task A_second_record_with_the_civic_number_is_protected(string marked, string unmarked)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Twins(marked, unmarked));
        nights.AssertThere("alva", "twin");

        var night = await nights.NextAsync(Twins(marked, unmarked).Marking("alva"));

        Assert.Equal(RunState.Delivered, night.Night.Run.State);
        nights.AssertGone("alva", "twin", "gunhild");
        nights.AssertThere("bo");
        await night.AssertUntoldAsync("twin");
        Assert.True(night.Night.HasFinding("person.sharedIdentity"));
        Assert.Equal("no: person.protected", await night.Night.StudentAsync("twin"));
    }

    [Theory]
    [InlineData("alva@id.example")]
    [InlineData("ALVA@id.example ")]
    public async Task A_second_record_with_the_login_is_protected(string login)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var town = () =>
        {
            var school = MemoryTown.Make("twin");
            school.Person("twin")["eduPersonPrincipalNames"] = new JsonArray("twin@id.example", login);
            return school;
        };
        await nights.NextAsync(town());

        var night = await nights.NextAsync(town().Marking("alva"));

        nights.AssertGone("alva", "twin");
        await night.AssertUntoldAsync("twin");
    }

    [Theory]
    [InlineData("login")]
    [InlineData("civicNumber")]
    public async Task Who_gets_a_new_id_with_the_marking_leaves_under_the_old_one(string shared)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make());
        var town = MemoryTown.Make("newcomer").Without("alva").Marking("newcomer");
        var newcomer = town.Person("newcomer");
        (newcomer["givenName"], newcomer["familyName"]) = ("Skyddad", "Identitet");
        newcomer["emails"] = new JsonArray();
        newcomer["eduPersonPrincipalNames"] = shared == "login" ? new JsonArray("alva@id.example") : new JsonArray();
        newcomer["civicNo"] = shared == "login" ? null : MemoryTown.Make().Person("alva")["civicNo"]!.DeepClone();

        var night = await nights.NextAsync(town);
        var resent = await nights.RunAsync(nights.Next(town.Data).ResendAsync(night.Night.Run.Run));

        Assert.Equal(RunState.Delivered, night.Night.Run.State);
        nights.AssertGone("alva", "newcomer", "gunhild");
        foreach (var sent in new[] { night, resent })
        {
            await sent.AssertUntoldAsync("alva");
            await sent.AssertUntoldAsync("gunhild");
        }
    }

    [Fact]
    public async Task A_marked_record_without_an_id_protects_the_others()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make());
        var town = MemoryTown.Make();
        var copy = (JsonObject)town.Person("alva").DeepClone();
        copy.Remove("id");
        copy["securityMarking"] = "Sekretessmarkering";
        town.Data[Collections.Persons].Add(copy);

        var night = await nights.NextAsync(town);

        nights.AssertGone("alva", "gunhild");
        await night.AssertUntoldAsync("alva");
    }

    [Fact]
    public async Task A_number_that_stands_for_none_is_nobodys()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Twins("20130705-0000", "20130705-0000").Marking("alva"));

        nights.AssertThere("twin", "bo");
    }

    private static SchoolBuilder Twins(string first, string second)
    {
        var school = MemoryTown.Make("twin");
        school.Person("alva")["civicNo"] = MemoryTown.Civic(first);
        school.Person("twin")["civicNo"] = MemoryTown.Civic(second);
        return school;
    }
}
