using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;

namespace EduFunctions.Tests.Protection.Resting;

/// <summary>Who was taken out of targets while they rested, and is nobody to be protected any more when they go on, is there again.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ReturnTests
{
    [Fact]
    public async Task Whoever_was_marked_only_while_targets_rested_is_there_again_afterwards()
    {
        await using var nights = await RestingNights.StartAsync();
        await nights.NextAsync(RestingTown.Make());
        var before = Others(nights);
        nights.FeedMembers["freeze"] = new JsonObject { ["until"] = "2027-01-10", ["what"] = "all" };
        await nights.NextAsync(RestingTown.Make().Marking("alva"));
        await nights.NextAsync(RestingTown.Make().Marking("alva"));
        Assert.Empty(nights.Having(Ids.Of("alva")));
        await nights.NextAsync(RestingTown.Make());
        await nights.NextAsync(RestingTown.Make());
        nights.FeedMembers.Clear();

        await nights.NextAsync(RestingTown.Make());

        Assert.Equal(before, Others(nights));
    }

    /// <summary>What Unikum has is its relations and the names of its classes; accounts elsewhere are new ones.</summary>
    private static List<string> Others(RestingNights nights) =>
    [
        .. nights.Having("Unikum").Order(StringComparer.Ordinal),
        .. new[] { "SCIM", "Learn" }.Where(target => nights.Having(Ids.Of("alva")).Any(has => has.StartsWith(target, StringComparison.Ordinal))),
    ];
}
