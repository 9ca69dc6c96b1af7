using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>A feed that asks for it has protected students under an alias; nothing of them is in it, and no other feed has the alias.</summary>
[Collection(ProtectedTests.Name)]
public sealed class PseudonymTests(AzuriteFixture azurite)
{
    private const string Secret = "a-secret-of-more-than-32-characters";

    private readonly MarkedSchool _marked = new();

    [Fact]
    public async Task Protected_students_are_in_the_feed_under_an_alias_with_school_and_classes()
    {
        var night = await Aliased().RunAsync();

        var zip = await night.AppleAsync();
        var aliases = zip.Rows("students.csv").Where(row => row["first_name"] == "Elev").ToList();
        Assert.Equal(RunState.Delivered, night.Run.State);

        // The third is registered abroad: all other rules hold.
        Assert.Equal(2, aliases.Count);
        Assert.Equal(2, aliases.DistinctBy(alias => alias["last_name"]).Count());
        Assert.All(aliases, alias =>
        {
            Assert.StartsWith("Skyddad ", alias["last_name"]);
            Assert.Equal(
                ("", "", "", "", Ids.Of("north")),
                (alias["middle_name"], alias["email_address"], alias["sis_username"], alias["person_number"], alias["location_id"]));
            Assert.Contains(zip.Rows("rosters.csv"), row => row["student_id"] == alias["person_id"] && row["class_id"] == Ids.Of("7a"));
        });
        var traces = new Traces(_marked);
        await traces.AssertNoneAsync(azurite.Blobs, night.Run.Tenant);
        traces.AssertNone("the zip", zip.Bytes, mayHoldIds: false);
    }

    [Fact]
    public async Task Nothing_else_changes_for_the_feed_and_nothing_at_all_for_the_others()
    {
        var plain = await azurite.Night(_marked.School).Behaving(Unlisted).RunAsync();
        var night = Aliased();
        night.AddFeed("other");
        night.WithApple(1, "pseudonymise", null);

        var both = await night.RunAsync();

        var aliased = await both.AppleAsync();
        Assert.Equal(plain.Run.Feeds[0].Files, both.Run.Feeds[1].Files);
        foreach (var (file, text) in (await plain.AppleAsync()).Files)
        {
            Assert.Empty(text.Split('\n').Except(aliased.Files[file].Split('\n')));
        }

        Assert.Equal(plain.Run.Counts, both.Run.Counts);
        Assert.Equal([("apple", false), ("other", false)], await IncludedAsync(both, "hidden"));
        Assert.Equal([("apple", true), ("other", true)], await IncludedAsync(both, "bo"));
    }

    private static async Task<IEnumerable<(string Feed, bool IsIn)>> IncludedAsync(NightResult night, string person) =>
        (await night.ExplainAsync(Ids.Of(person)))!.Feeds.Select(feed => (feed.Key, feed.Value.Included));

    [Fact]
    public async Task The_alias_stays_from_night_to_night_and_is_another_with_another_secret()
    {
        var first = await AliasesAsync(Aliased());
        _marked.School.Student("new", "north");
        var second = await AliasesAsync(Aliased());
        var third = await AliasesAsync(Aliased("quite-another-secret-of-32-characters"));

        Assert.Equal(first, second);
        Assert.Empty(first.Intersect(third));
    }

    [Fact]
    public async Task Who_works_at_a_school_or_has_a_marking_nobody_knows_stays_out()
    {
        _marked.School.Student("odd", "north")["securityMarking"] = "Spärrad";
        _marked.School.Student("both", "north")["securityMarking"] = "Sekretessmarkering";
        _marked.School.Duty("both's", "both", "north");
        _marked.School.Student("mixed", "north")["securityMarking"] = "Sekretessmarkering";
        _marked.School.Group("odd group", "north", "Klass", "mixed")["groupMemberships"]![0]!["person"]!["securityMarking"] = "Spärrad";

        var night = await Aliased().RunAsync();

        var zip = await night.AppleAsync();
        Assert.Equal(2, zip.Column("students.csv", "first_name").Count(name => name == "Elev"));
        Assert.DoesNotContain("Elev", zip.Column("staff.csv", "first_name"));
        Assert.DoesNotContain("Mixed", zip.Files["students.csv"]);
    }

    [Fact]
    public async Task Staff_are_in_the_feed_where_it_asks_for_them()
    {
        _marked.School.Student("both", "north")["securityMarking"] = "Sekretessmarkering";
        _marked.School.Duty("both's", "both", "north");

        var night = await Aliased(more: alias => alias["staff"] = true).RunAsync();

        var zip = await night.AppleAsync();
        var staff = zip.Rows("staff.csv").Where(row => row["first_name"] == "Elev").ToList();
        Assert.Equal(2, staff.DistinctBy(row => row["last_name"]).Count());
        Assert.All(staff, row => Assert.Equal((Ids.Of("north"), ""), (row["location_id"], row["email_address"])));
        var traces = new Traces(_marked);
        await traces.AssertNoneAsync(azurite.Blobs, night.Run.Tenant);
        Assert.Equal(RunState.Delivered, night.Run.State);
    }

    [Fact]
    public async Task Somebody_may_choose_the_names()
    {
        var night = Aliased(more: alias =>
        {
            alias.Remove("givenName");
            alias.Remove("familyName");
            alias["names"] = new JsonObject { ["secret"] = "chosen" };
        }).Setting("Secrets:chosen", $"{Ids.Of("renamed").ToUpperInvariant()}; Kim ;Ekdal\n");

        var zip = await (await night.RunAsync()).AppleAsync();

        Assert.Contains(zip.Rows("students.csv"), row => (row["first_name"], row["last_name"]) == ("Kim", "Ekdal"));
    }

    [Fact]
    public async Task A_chosen_name_that_a_classmate_has_is_not_given()
    {
        var bo = _marked.Person("bo");
        (bo["givenName"], bo["familyName"]) = ("kim ", "Ekdal");
        var night = Aliased(more: alias => alias["names"] = new JsonObject { ["secret"] = "chosen" }).Setting("Secrets:chosen", $"{Ids.Of("renamed")};Kim;Ekdal");

        var zip = await (await night.RunAsync()).AppleAsync();

        Assert.Equal(Ids.Of("bo"), Assert.Single(zip.Rows("students.csv"), row => row["last_name"] == "Ekdal")["person_id"]);
    }

    [Theory]
    [InlineData("a1;Kim", "whose line 1 is not id;given name;family name")]
    [InlineData("a1;Kim;Ek\n\na1;Lo;Dal", "whose line 3 has an id that an earlier line has")]
    [InlineData("a1;Kim;Ek\na2;Kim;Ek", "whose line 2 has a name that an earlier line has")]
    public async Task A_wrong_list_of_names_is_refused_without_repeating_it(string list, string cause)
    {
        var night = await Aliased(more: alias => alias["names"] = new JsonObject { ["secret"] = "chosen" }).Setting("Secrets:chosen", list).RunAsync();

        Assert.Equal(RunState.Failed, night.Run.State);
        Assert.Contains("$.feeds[0].settings.pseudonymise.names", night.Run.TenantFileProblem);
        Assert.Contains(cause, night.Run.StateReason);
        Assert.DoesNotContain("Kim", night.Run.StateReason);
    }

    [Fact]
    public async Task A_short_secret_is_refused()
    {
        var night = await Aliased("short").RunAsync();

        Assert.Equal(RunState.Failed, night.Run.State);
        Assert.Contains("$.feeds[0].settings.pseudonymise.secret", night.Run.TenantFileProblem);
    }

    private async Task<IReadOnlyList<string>> AliasesAsync(Night night)
    {
        var zip = await (await night.Dry().RunAsync()).AppleAsync();
        return [.. zip.Rows("students.csv").Where(row => row["first_name"] == "Elev").Select(row => row["person_id"])];
    }

    private Night Aliased(string secret = Secret, Action<JsonObject>? more = null)
    {
        var alias = new JsonObject { ["givenName"] = "Elev", ["familyName"] = "Skyddad", ["secret"] = new JsonObject { ["secret"] = "alias" } };
        more?.Invoke(alias);
        return azurite.Night(_marked.School).Behaving(Unlisted).Setting("Secrets:alias", secret).WithApple("pseudonymise", alias);
    }

    private void Unlisted(EduCloudHabits habits) => habits.Unlisted = _marked.Unlisted;
}
