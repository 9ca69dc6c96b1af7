using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;

namespace EduFunctions.Tests.Protection.Resting;

/// <summary>
/// On a night on which nothing else may be sent, rows of others stay at targets of which no more than keys and hashes are known: under neutral names, and without
/// the ids of those who leave.
/// </summary>
[Trait(Level.Name, Level.Tools)]
public sealed class RowsThatStayTests
{
    private const string Frozen = "a frozen feed";

    [Theory]
    [InlineData(Frozen)]
    [InlineData("another setting")]
    [InlineData("a lost record")]
    [InlineData("a pull that breaks off")]
    public async Task They_name_nobody_who_left(string why)
    {
        await using var nights = await StartAsync();
        Assert.Contains("Hjälp Alva Berglund", nights.Form.Text, StringComparison.Ordinal);
        Assert.Equal(5, nights.Having("Alva Berglund").Count(has => Counts(has)));
        var logins = Logins(nights);

        await RestAsync(nights, why);
        await RestAsync(nights, why);

        Assert.Empty(nights.Having(Ids.Of("alva")));
        Assert.DoesNotContain(nights.Having("Alva Berglund"), Counts);
        Assert.Equal(LearnState.RootNode, nights.Learn.State.Find("node", Ids.Of("north"))!["parent_node_key"]);
        Assert.Equal(logins.Where(row => !new[] { "alva", "gunhild" }.Any(gone => row.Contains(Ids.Of(gone), StringComparison.Ordinal))), Logins(nights));

        nights.FeedMembers.Remove("freeze");
        await nights.RunAsync(nights.Next(Town().Marking("alva")));
        Assert.Empty(nights.Having("Alva Berglund"));
    }

    /// <summary>Whoever answers for a protected pupil, and whom a protected guardian answers for.</summary>
    [Theory]
    [InlineData("gunhild")]
    [InlineData("alva")]
    public async Task Relatives_who_stay_point_at_nobody_who_left(string marked)
    {
        await using var nights = await StartAsync();

        await RestAsync(nights, Frozen, marked);

        Assert.Empty(nights.Having(Ids.Of(marked)));
        Assert.Contains(nights.Having(Ids.Of("bo")), has => has.StartsWith("OneRoster users.csv", StringComparison.Ordinal));
    }

    /// <summary>What Learn was told to purge it cannot purge once more: that is no sign that somebody is there.</summary>
    [Fact]
    public async Task Night_after_night_it_is_said_that_they_were_taken_out()
    {
        await using var nights = await StartAsync();
        for (var night = 0; night < 4; night++)
        {
            var rested = await RestAsync(nights, Frozen, night < 2 ? ["alva"] : ["alva", "cleo"]);

            var learn = rested.Run.Feeds.Single(feed => feed.Name == TenantJson.LearnFeed);
            Assert.EndsWith("Who is protected was taken out of the target all the same.", learn.Reason, StringComparison.Ordinal);
            Assert.DoesNotContain(nights.Learn.State.Records("userassociation"), row => row["external_user_key"] == Ids.Of("alva"));
        }

        nights.FeedMembers.Remove("freeze");
        var last = await nights.RunAsync(nights.Next(Town().Marking("alva", "cleo")));

        Assert.Equal(ReceiptState.Processed, last.Run.Feeds.Single(feed => feed.Name == TenantJson.LearnFeed).State);
        Assert.Empty(nights.Learn.DataSets.SelectMany(set => set.Errors));
    }

    private static async Task<RestingNights> StartAsync()
    {
        var nights = await RestingNights.StartAsync();
        nights.LearnSettings["hierarchy"] = new JsonObject { ["parentNode"] = LearnState.RootNode };
        nights.FormSettings = new JsonObject { ["mode"] = "delta", ["guardians"] = true };
        await nights.NextAsync(Town());
        return nights;
    }

    private static async Task<NightResult> RestAsync(RestingNights nights, string why, params string[] marked)
    {
        var town = Town().Marking(marked.Length == 0 ? ["alva"] : marked);
        switch (why)
        {
            case Frozen:
                nights.FeedMembers["freeze"] = new JsonObject { ["until"] = "2027-01-10", ["what"] = "all" };
                break;
            case "another setting":
                nights.FormSettings!["username"] = "email";
                nights.LearnSettings["userId"] = "email";
                break;
            case "a lost record":
                await nights.LoseDeliveredAsync();
                break;
            default:
                return await nights.BreakOffAsync(town);
        }

        return await nights.NextAsync(town);
    }

    /// <summary>Targets of which no more than keys and hashes are known.</summary>
    private static bool Counts(string has) => has.StartsWith("OneRoster", StringComparison.Ordinal) || has.StartsWith("Learn", StringComparison.Ordinal);

    private static IReadOnlyList<string> Logins(RestingNights nights) =>
        [.. nights.Form.Text.Split('\n').Where(row => row.StartsWith("users.csv", StringComparison.Ordinal)).Select(row => string.Join('|', row.Split('|')[..6]))];

    private static SchoolBuilder Town()
    {
        var school = RestingTown.Make();
        school.Row(Collections.Organisations, "north")["displayName"] = "Hjälp Alva Berglund";
        school.Row(Collections.Groups, "support")["displayName"] = "Stöd Alva Berglund";
        school.Row(Collections.Syllabuses, "maths")["courseName"] = "Kurs Alva Berglund";
        school.Guardian("stina", "alva", "bo");
        return school;
    }
}
