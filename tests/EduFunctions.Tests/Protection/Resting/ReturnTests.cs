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
    /// <summary>Also where nobody knows any more who was taken out then, or the feeds were called otherwise.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("renamed")]
    [InlineData("rosters lost")]
    [InlineData("receipts cut")]
    public async Task Whoever_was_marked_only_while_targets_rested_is_there_again_afterwards(string trouble)
    {
        await using var nights = await RestingNights.StartAsync();
        nights.FormSettings = new JsonObject { ["mode"] = "delta" };
        await nights.NextAsync(RestingTown.Make());
        var before = Others(nights);
        nights.FeedMembers["freeze"] = new JsonObject { ["until"] = "2027-01-10", ["what"] = "all" };
        await RestAsync(RestingTown.Make().Marking("alva"));
        await RestAsync(RestingTown.Make().Marking("alva"));
        Assert.Empty(nights.Having(Ids.Of("alva")));
        await RestAsync(RestingTown.Make());
        await RestAsync(RestingTown.Make());
        nights.FeedMembers.Clear();
        nights.NameEnding = trouble == "renamed" ? "2" : "";

        await nights.NextAsync(RestingTown.Make());

        Assert.Equal(before, Others(nights));

        async Task RestAsync(SchoolBuilder school)
        {
            await nights.NextAsync(school);
            await (trouble switch
            {
                "rosters lost" => nights.LoseLastAsync("rosters"),
                "receipts cut" => nights.CutLastAsync("feeds"),
                _ => Task.CompletedTask,
            });
        }
    }

    /// <summary>What Unikum has is its relations and the names of its classes; accounts elsewhere are new ones.</summary>
    private static List<string> Others(RestingNights nights) =>
    [
        .. nights.Having("Unikum").Concat(nights.Having("OneRoster")).Order(StringComparer.Ordinal),
        .. new[] { "SCIM", "Learn" }.Where(target => nights.Having(Ids.Of("alva")).Any(has => has.StartsWith(target, StringComparison.Ordinal))),
    ];
}
