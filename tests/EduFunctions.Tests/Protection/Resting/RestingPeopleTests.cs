using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;

namespace EduFunctions.Tests.Protection.Resting;

/// <summary>Who has left and rests at a target, or is disabled there, is still there: and must not be once it comes out that it is somebody protected.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class RestingPeopleTests
{
    [Theory]
    [InlineData("civic number")]
    [InlineData("login")]
    [InlineData("name")]
    [InlineData("id")]
    public async Task Whoever_comes_back_marked_is_deleted_where_the_record_of_before_rests(string knownBy)
    {
        await using var nights = await RestingNights.StartAsync();
        await nights.NextAsync(RestingTown.Make());
        await nights.NextAsync(RestingTown.Make().Without("alva"));
        Assert.Contains(nights.Having(Ids.Of("alva")), has => has.StartsWith("SCIM", StringComparison.Ordinal));

        await nights.NextAsync(Back(knownBy));

        Assert.True(nights.HasDeletedAtLearn("alva"));
        Assert.Empty(nights.Having(Ids.Of("alva")));
        Assert.Empty(nights.Having(RestingTown.Telling));
        Assert.DoesNotContain(nights.Sent, sent => sent.Contains(RestingTown.Telling, StringComparison.OrdinalIgnoreCase));

        // Once is enough.
        await nights.NextAsync(Back(knownBy));
        Assert.DoesNotContain(nights.Sent, sent => sent.Contains(Ids.Of("alva"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("civic number")]
    [InlineData("id")]
    public async Task Also_on_a_night_whose_pull_breaks_off(string knownBy)
    {
        await using var nights = await RestingNights.StartAsync();
        await nights.NextAsync(RestingTown.Make());
        await nights.NextAsync(RestingTown.Make().Without("alva"));

        await nights.BreakOffAsync(Back(knownBy));

        Assert.True(nights.HasDeletedAtLearn("alva"));
        Assert.Empty(nights.Having(Ids.Of("alva")));
        Assert.NotEmpty(nights.Having(Ids.Of("bo")));
    }

    [Fact]
    public async Task Another_record_of_the_same_human_takes_the_one_that_rests_with_it()
    {
        await using var nights = await RestingNights.StartAsync();
        await nights.NextAsync(RestingTown.Make());
        await nights.NextAsync(WithDouble(RestingTown.Make()));
        await nights.NextAsync(WithDouble(RestingTown.Make()).Without("alva"));

        await nights.NextAsync(WithDouble(RestingTown.Make()).Without("alva").Marking("double"));

        Assert.Empty(nights.Having(Ids.Of("alva")));
        Assert.Empty(nights.Having(Ids.Of("double")));
        Assert.True(nights.HasDeletedAtLearn("alva"));

        static SchoolBuilder WithDouble(SchoolBuilder school)
        {
            school.Student("double", "north")["civicNo"] = MemoryTown.Civic(RestingTown.Number);
            return school;
        }
    }

    [Theory]
    [InlineData("stays")]
    [InlineData("leaves the same night")]
    [InlineData("left the night before")]
    public async Task A_guardian_whose_login_tells_is_deleted_and_not_let_rest(string guardian)
    {
        await using var nights = await RestingNights.StartAsync();
        await nights.NextAsync(Town());
        Assert.NotEmpty(nights.Having(Ids.Of("rune")));
        if (guardian == "left the night before")
        {
            await nights.NextAsync(RestingTown.Make());
        }

        await nights.NextAsync((guardian == "stays" ? Town() : RestingTown.Make()).Marking("alva"));

        Assert.Empty(nights.Having(Ids.Of("rune")));
        Assert.True(nights.HasDeletedAtLearn("rune"));
        Assert.DoesNotContain(nights.Sent, sent => sent.Contains(RestingTown.Telling, StringComparison.OrdinalIgnoreCase));

        static SchoolBuilder Town() => RestingTown.Make().WithGuardianOf("bo", "alva.berglund.pappa");
    }

    /// <summary>Also where nothing else may be sent, with all that refers to them.</summary>
    [Theory]
    [InlineData("kim")]
    [InlineData("rune")]
    public async Task Whoever_has_a_login_that_tells_is_in_no_target_that_is_frozen(string who)
    {
        await using var nights = await RestingNights.StartAsync();
        nights.FormSettings = new JsonObject { ["mode"] = "delta", ["guardians"] = true };
        await nights.NextAsync(Town());
        Assert.NotEmpty(nights.Having(Ids.Of(who)));
        nights.FeedMembers["freeze"] = new JsonObject { ["until"] = "2027-01-10", ["what"] = "all" };

        await nights.NextAsync(Town().Marking("alva"));

        Assert.Empty(nights.Having("alva.berglund"));
        Assert.Empty(nights.Having(Ids.Of("alva")));
        Assert.Empty(nights.Having(Ids.Of(who)));
        Assert.NotEmpty(nights.Having(Ids.Of("bo")));

        SchoolBuilder Town()
        {
            var school = RestingTown.Make().WithGuardianOf("bo", who == "rune" ? "alva.berglund.pappa" : "rune.tell");
            school.Student("kim", "north");
            school.Call("kim", "Kim", "Provsson", who == "kim" ? "alva.berglund2" : "kim");
            return school;
        }
    }

    /// <summary>It is known who it is: they were in the register together.</summary>
    [Fact]
    public async Task A_namesake_who_leaves_rests_like_anybody()
    {
        await using var nights = await RestingNights.StartAsync();
        await nights.NextAsync(Town().Marking("alva"));
        for (var night = 0; night < 3; night++)
        {
            await nights.NextAsync(RestingTown.Make().Without("bo").Marking("alva"));

            Assert.Contains(nights.Having(Ids.Of("bo")), has => has.StartsWith("SCIM", StringComparison.Ordinal));
            Assert.False(nights.HasDeletedAtLearn("bo"));
        }

        static SchoolBuilder Town()
        {
            var school = RestingTown.Make();
            school.Call("bo", "Alva", RestingTown.Telling, "bo");
            return school;
        }
    }

    /// <summary>Alva, who is in the register again, by no more than this.</summary>
    private static SchoolBuilder Back(string knownBy)
    {
        if (knownBy == "id")
        {
            return RestingTown.Make().Marking("alva");
        }

        var school = RestingTown.Make().Without("alva");
        school.Student("alva2", "north");
        var person = school.Call("alva2", "Skyddad", "Identitet", "nn");
        person["emails"] = new JsonArray();
        if (knownBy == "civic number")
        {
            person["civicNo"] = MemoryTown.Civic(RestingTown.Number);
        }
        else if (knownBy == "login")
        {
            person["eduPersonPrincipalNames"] = new JsonArray("alva.berglund@id.example");
        }
        else
        {
            (person["givenName"], person["familyName"]) = ("Alva", RestingTown.Telling);
        }

        return school.Marking("alva2");
    }
}
