using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>Learn takes no login name twice, of disabled records neither: whoever is to have one has it after two nights at most.</summary>
[Collection(LearnTests.Name)]
public sealed class LearnLoginsTests(AzuriteFixture azurite)
{
    private static readonly string[] Labels = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];

    [Theory]
    [InlineData("store", "low")]
    [InlineData("store", "new")]
    [InlineData("refresh", "low")]
    [InlineData("refresh", "new")]
    [InlineData("refreshByDataSource", "new")]
    public async Task A_leaver_s_login_goes_to_a_newcomer_on_whatever_night_and_comes_back_as_another(string operation, string newcomer)
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = Nights(learn, operation);
        await DeliverAsync(nights, ("a", "one"), ("b", "two"), ("c", "three"));

        await DeliverAsync(nights, ("b", "two"), ("c", "three"), (newcomer, "ONE"));
        AssertLogins(learn, ("b", "two"), ("c", "three"), (newcomer, "ONE"));
        await DeliverAsync(nights, ("b", "two"), (newcomer, "ONE"));
        await DeliverAsync(nights, ("b", "two"), (newcomer, "ONE"));
        await DeliverAsync(nights, ("b", "two"), (newcomer, "ONE"), ("later", "three"));
        AssertLogins(learn, ("b", "two"), (newcomer, "ONE"), ("later", "three"));

        await DeliverAsync(nights, ("a", "four"), ("b", "two"), (newcomer, "ONE"), ("later", "three"));
        AssertLogins(learn, ("a", "four"), ("b", "two"), (newcomer, "ONE"), ("later", "three"));
        Assert.Empty(learn.DataSets.SelectMany(set => set.Errors));
    }

    [Theory]
    [InlineData("store", 1)]
    [InlineData("store", 8)]
    [InlineData("refresh", 1)]
    [InlineData("refreshByDataSource", 8)]
    public async Task Exchanged_logins_arrive_on_the_same_night(string operation, int shift)
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = Nights(learn, operation);
        await DeliverAsync(nights, Shifted(0));

        await DeliverAsync(nights, Shifted(shift));

        AssertLogins(learn, Shifted(shift));
        Assert.Empty(learn.DataSets.SelectMany(set => set.Errors));
        var posts = learn.Posts.Count;
        await DeliverAsync(nights, Shifted(shift));
        Assert.Single(learn.Posts.Skip(posts), post => post.ToString().StartsWith("person/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("store", 1, LearnFault.ServerError)]
    [InlineData("store", 2, LearnFault.ServerError)]
    [InlineData("store", 1, LearnFault.StackTrace)]
    [InlineData("store", 1, LearnFault.HangUpAfterTaking)]
    [InlineData("store", 2, LearnFault.HangUpAfterTaking)]
    [InlineData("refresh", 1, LearnFault.HangUpAfterTaking)]
    [InlineData("refresh", 2, LearnFault.ServerError)]
    public async Task Wherever_the_delivery_breaks_off_the_next_one_brings_them(string operation, int broken, LearnFault fault)
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = Nights(learn, operation);
        await DeliverAsync(nights, Shifted(0));

        var posts = 0;
        learn.Habits.Fault = (kind, _) => kind == "person" && ++posts == broken ? fault : null;
        await Next(nights, School(Shifted(1))).RunAsync();
        Assert.True(posts >= broken);
        learn.Habits.Fault = (_, _) => null;
        await Next(nights, School(Shifted(1))).RunAsync();

        AssertLogins(learn, Shifted(1));
    }

    /// <summary>Of whoever has a protected person's own login something else is told: it may be that person.</summary>
    [Fact]
    public async Task Who_leaves_with_somebody_protected_keeps_the_login_there_and_people_are_told()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = Nights(learn, "store");
        nights.Settings["observers"] = true;
        (string, string)[] people = [("a", "one"), ("b", "two"), ("c", "three")];
        await Next(nights, WithParent(School(people))).RunAsync();
        Assert.True(nights.Person("parent").IsEnabled);
        var hidden = WithParent(School(people));
        hidden.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("a"))["securityMarking"] = "Sekretessmarkering";
        await Next(nights, hidden).RunAsync();
        Assert.False(nights.Person("parent").IsEnabled);

        for (var night = 0; night < 2; night++)
        {
            hidden.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("c"))["eduPersonPrincipalNames"] = new JsonArray("parent@id.example");
            var told = await Next(nights, hidden).RunAsync();

            Assert.Contains(told.Run.Findings, finding => finding is { Code: "blackboard.userIdHeld", Count: 1 });
            Assert.Equal("three@id.example", nights.Person("c")["user_id"]);
        }

        static SchoolBuilder WithParent(SchoolBuilder school)
        {
            school.Guardian("parent", "a")["eduPersonPrincipalNames"] = new JsonArray("parent@id.example");
            return school;
        }
    }

    [Fact]
    public async Task A_Learn_that_was_restored_is_told_once_more_who_has_left()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = Nights(learn, "store");
        await DeliverAsync(nights, ("a", "one"), ("b", "two"), ("c", "three"));
        var before = new[] { "person", "membership" }.SelectMany(learn.State.Records).ToList();
        await DeliverAsync(nights, ("b", "two"), ("c", "three"));
        await DeliverAsync(nights, ("b", "two"), ("c", "three"));
        before.ForEach(learn.State.Put);
        await DeliverAsync(nights, ("b", "two"), ("c", "three"));
        Assert.True(nights.Person("a").IsEnabled);

        var frozen = await Next(nights, School(("b", "two"), ("c", "three"))).Total()
            .WithFeed("freeze", new JsonObject { ["until"] = "2027-01-10", ["what"] = "removals" }).RunAsync();
        Assert.True(nights.Person("a").IsEnabled);
        var total = await Next(nights, School(("b", "two"), ("c", "three"))).Total().RunAsync();

        Assert.Equal((RunState.Delivered, RunState.Delivered), (frozen.Run.State, total.Run.State));
        nights.AssertHolds("person", "b", "c");
        nights.AssertHolds("membership", "7a|b", "7a|c");
        Assert.Empty(learn.DataSets.SelectMany(set => set.Errors));
    }

    private LearnNights Nights(LearnServer learn, string operation) =>
        new(azurite, learn) { Settings = { ["operation"] = operation, ["dataSourceKey"] = "SYSTEM" } };

    /// <summary>In so small a town everything is too much.</summary>
    private static Night Next(LearnNights nights, SchoolBuilder school) => nights.Next(school).With("guard", new JsonObject
    {
        ["maxRemovedPercent"] = 100,
        ["maxChangedPercent"] = 100,
        ["maxAddedPercent"] = 100,
        ["maxColumnPercent"] = 100,
        ["windowDays"] = 0,
    });

    private static (string Label, string Login)[] Shifted(int by) => [.. Labels.Select((label, at) => (label, $"login{(at + by) % Labels.Length}"))];

    private static void AssertLogins(LearnServer learn, params (string Label, string Login)[] people) => Assert.Equal(
        people.Select(person => $"{Ids.Of(person.Label)} {person.Login}@id.example").Order(StringComparer.Ordinal),
        learn.State.Records("person").Where(record => record.IsEnabled).Select(record => $"{record.Key} {record["user_id"]}").Order(StringComparer.Ordinal));

    private static async Task DeliverAsync(LearnNights nights, params (string Label, string Login)[] people)
    {
        var night = await Next(nights, School(people)).RunAsync();
        Assert.True(night.Run.State == RunState.Delivered, $"{night.Run.State} {night.Run.StateReason} {night.Run.Feeds[0].Reason}");
    }

    private static SchoolBuilder School(params (string Label, string Login)[] people)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        foreach (var (label, login) in people)
        {
            school.Student(label, "north")["eduPersonPrincipalNames"] = new JsonArray($"{login}@id.example");
        }

        school.Group("7a", "north", "Klass", [.. people.Select(person => person.Label)]);
        return school;
    }
}
