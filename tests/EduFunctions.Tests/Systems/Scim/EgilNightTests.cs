using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Scim;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

[Collection(TargetTests.Name)]
public sealed class EgilNightTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_receiver_of_the_school_extension_has_what_the_register_says_night_after_night()
    {
        await using var receiver = await EgilReceiver.StartAsync();
        var (nights, town) = (new ScimNights(azurite, receiver.BaseUrl), new RestlessTown(new Random(3)));
        nights.Settings["profile"] = "egil";
        for (var night = 0; night < 5; night++)
        {
            var run = await nights.NextAsync(town.Write());

            Assert.True(run.Run.State == RunState.Delivered, $"{run.Run.StateReason} {run.Run.Feeds[0].Reason}");
            AssertIs(town.Write(), town.Hidden, receiver);
            Assert.Empty((await nights.Next(town.Write().Data).DriftAsync(ScimNights.Feed)).Drift);
            town.Change();
            if (night == 2)
            {
                town.Hide();
            }
        }

        Assert.All(receiver.Calls, call => Assert.DoesNotContain(call.Split(' ')[^1], (string[])["400", "404", "409", "415", "501"]));
    }

    private static void AssertIs(SchoolBuilder town, IEnumerable<string> hidden, EgilReceiver receiver)
    {
        var gone = hidden.Select(Ids.Of).ToHashSet();
        var people = town.Data[Collections.Persons].Select(person => (string)person["id"]!).Where(id => !gone.Contains(id));
        Assert.Equal(people.Order(StringComparer.Ordinal), receiver.Of("Users").Keys.Order(StringComparer.Ordinal));
        Assert.Equal((2, 2, 4, 4), (receiver.Of("SchoolUnits").Count, receiver.Of("Employments").Count, receiver.Of("StudentGroups").Count, receiver.Of("Activities").Count));
        foreach (var group in town.Data[Collections.Groups])
        {
            var members = group["groupMemberships"]!.AsArray().Select(row => (string)row!["person"]!["id"]!).Where(id => !gone.Contains(id));
            var there = receiver.Of("StudentGroups").Values.Single(other => (string?)other["displayName"] == (string?)group["displayName"])["studentMemberships"]!.AsArray();
            Assert.Equal(members.Order(StringComparer.Ordinal), there.Select(member => (string)member!["value"]!).Order(StringComparer.Ordinal));
        }
    }
}
