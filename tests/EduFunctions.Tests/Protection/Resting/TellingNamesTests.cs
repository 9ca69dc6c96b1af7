using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;

namespace EduFunctions.Tests.Protection.Resting;

/// <summary>A name that tells of somebody newly protected goes from every target the same night, whatever keeps the row that has it.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class TellingNamesTests
{
    private const int Many = 6;

    [Theory]
    [InlineData("store", "the same night")]
    [InlineData("store", "the night before")]
    [InlineData("refresh", "the same night")]
    [InlineData("refresh", "the night before")]
    public async Task A_group_that_is_gone_does_not_rest_under_the_name(string operation, string gone)
    {
        await using var nights = await RestingNights.StartAsync();
        nights.LearnSettings["operation"] = operation;
        await nights.NextAsync(RestingTown.Make().NamingSupport());
        Assert.Equal(3, nights.Having("Help Alva").Count());
        if (gone == "the night before")
        {
            await nights.NextAsync(RestingTown.Make().WithoutSupport());
        }

        await nights.NextAsync(RestingTown.Make().WithoutSupport().Marking("alva"));

        // Of classes that were gone before Unikum nothing is known any more.
        Assert.DoesNotContain(nights.Having("Help Alva"), has => gone == "the same night" || !has.StartsWith("Unikum", StringComparison.Ordinal));
        Assert.Contains(nights.Having("Grupp"), has => has.StartsWith("Learn", StringComparison.Ordinal) && has.Contains("disabled", StringComparison.Ordinal));
        AssertUntold(nights);
        await nights.NextAsync(RestingTown.Make().WithoutSupport().Marking("alva"));
        Assert.DoesNotContain(nights.Sent, sent => sent.Contains("Grupp ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("by the guard")]
    [InlineData("not understood")]
    [InlineData("a frozen feed")]
    [InlineData("a pull that breaks off")]
    public async Task A_group_that_is_kept_is_called_otherwise(string kept)
    {
        await using var nights = await RestingNights.StartAsync();
        await nights.NextAsync(Town());
        var named = nights.Having("Alva Berglund ").Count();
        Assert.Equal(3 * Many, named);
        var next = Town().Marking("alva");
        switch (kept)
        {
            case "by the guard":
                await nights.NextAsync(next);
                break;
            case "not understood":
                foreach (var number in Enumerable.Range(0, Many))
                {
                    next.Row(Collections.Groups, $"x{number}")["groupMemberships"] = "x";
                }

                await nights.NextAsync(next);
                break;
            case "a frozen feed":
                nights.FeedMembers["freeze"] = new JsonObject { ["until"] = "2027-01-10", ["what"] = "all" };
                await nights.NextAsync(next);
                break;
            default:
                await nights.BreakOffAsync(next);
                break;
        }

        Assert.Empty(nights.Having("Alva Berglund "));
        Assert.Empty(nights.Having(Ids.Of("alva")));
        Assert.Equal(named, nights.Having("Grupp ").Count());
        Assert.All(nights.Scim.Groups, group => Assert.NotEmpty(group["members"]!.AsArray()));
        Assert.Equal(Many + 2, nights.Learn.State.Enabled("course").Count);
        AssertUntold(nights);

        static SchoolBuilder Town()
        {
            var school = RestingTown.Make();
            foreach (var number in Enumerable.Range(0, Many))
            {
                school.Group($"x{number}", "north", "Undervisning", "alva", "bo", "cleo")["displayName"] = $"Alva Berglund {number}";
                school.Activity($"hour {number}", "north", $"x{number}", "maths", "hugo's");
            }

            return school;
        }
    }

    [Fact]
    public async Task A_school_that_is_not_understood_is_called_otherwise()
    {
        await using var nights = await RestingNights.StartAsync();
        await nights.NextAsync(Town());
        Assert.NotEmpty(nights.Having("Alva Berglunds"));
        var next = Town().Marking("alva");
        next.Row(Collections.Organisations, "north")["schoolTypes"] = 7;

        await nights.NextAsync(next);

        Assert.Empty(nights.Having("Alva Berglunds"));

        static SchoolBuilder Town()
        {
            var school = RestingTown.Make();
            school.Row(Collections.Organisations, "north")["displayName"] = "Alva Berglunds skola";
            return school;
        }
    }

    /// <summary>An empty column says nothing, so that one that tells needs another value.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_code_of_a_school_is_another_where_it_tells(bool rests)
    {
        await using var nights = await RestingNights.StartAsync();
        await nights.NextAsync(Town());
        Assert.Equal("Alva Berglund", nights.Unikum.State.Find("school", Ids.Of("north"))![1]);
        if (rests)
        {
            nights.FeedMembers["freeze"] = new JsonObject { ["until"] = "2027-01-10", ["what"] = "all" };
        }

        await nights.NextAsync(Town().Marking("alva"));

        Assert.Empty(nights.Having("Alva Berglund"));
        Assert.Equal(Ids.Of("north")[..8], nights.Unikum.State.Find("school", Ids.Of("north"))![1]);

        static SchoolBuilder Town()
        {
            var school = RestingTown.Make();
            school.Row(Collections.Organisations, "north")["schoolUnitCode"] = "Alva Berglund";
            return school;
        }
    }

    [Fact]
    public async Task A_teacher_who_is_not_understood_leaves_with_an_address_that_tells()
    {
        await using var nights = await RestingNights.StartAsync();
        await nights.NextAsync(Town());
        var next = Town().Marking("alva");
        next.Row(Collections.Duties, "ture's")["startDate"] = "x";

        await nights.NextAsync(next);

        Assert.Empty(nights.Having(Ids.Of("ture")));
        Assert.NotEmpty(nights.Having(Ids.Of("hugo")));
        AssertUntold(nights);

        static SchoolBuilder Town()
        {
            var school = RestingTown.Make();
            school.Employee("ture")["emails"]![0]!["value"] = "alva.berglund.resurs@skola.example";
            school.Duty("ture's", "ture", "north");
            return school;
        }
    }

    /// <summary>A whole resource is put to take a member out, with all that the server has of it.</summary>
    [Fact]
    public async Task A_server_is_not_told_again_what_it_has()
    {
        await using var nights = await RestingNights.StartAsync();
        await nights.NextAsync(RestingTown.Make().NamingSupport());
        foreach (var group in nights.Scim.Groups)
        {
            group["description"] = "About Alva Berglund";
        }

        await nights.NextAsync(RestingTown.Make().NamingSupport().Marking("alva"));

        AssertUntold(nights);
        Assert.DoesNotContain(nights.Having(RestingTown.Telling), has => has.Contains("members", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_is_protected_is_deleted_before_a_server_refuses_the_rest()
    {
        await using var nights = await RestingNights.StartAsync();
        nights.ScimSettings["profile"] = "egil";
        await nights.NextAsync(RestingTown.Make());
        nights.Scim.IsCoreAlone = true;

        var night = await nights.NextAsync(RestingTown.Make().Marking("alva"));

        Assert.Equal(ReceiptState.ProcessedWithErrors, night.Run.Feeds.Single(feed => feed.Name == "scim").State);
        Assert.DoesNotContain(nights.Having(Ids.Of("alva")), has => has.StartsWith("SCIM", StringComparison.Ordinal));
    }

    private static void AssertUntold(RestingNights nights) =>
        Assert.DoesNotContain(nights.Sent, sent => sent.Contains(RestingTown.Telling, StringComparison.OrdinalIgnoreCase));
}
