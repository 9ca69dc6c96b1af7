using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Deliveries;

/// <summary>A target that took a complete file without saying so has what nobody has on record: what was delivered before is no measure of it any more.</summary>
[Collection(TargetTests.Name)]
public sealed class UnconfirmedTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_was_delivered_before_is_sent_once_more(bool isProtected)
    {
        var first = await azurite.Night(Town()).RunAsync();
        await LoseAsync(first, 2, Town("newcomer"));
        var town = isProtected ? Town("newcomer") : Town();
        town.Data[Collections.Persons].Where(person => (string?)person["id"] == Ids.Of("newcomer")).ToList().ForEach(person => person["securityMarking"] = "Sekretessmarkering");

        var third = await Next(first, 3, town).RunAsync();
        var fourth = await Next(first, 4, town).RunAsync();

        Assert.Equal(ReceiptState.Sent, (await third.ReceiptAsync()).State);
        Assert.Equal(["alva", "bo", "dag"], Students(third));
        Assert.Equal(ReceiptState.SkippedUnchanged, (await fourth.ReceiptAsync()).State);
    }

    /// <summary>The zip that was sent lies there still, and the record of the run says that it failed.</summary>
    [Theory]
    [InlineData(Containers.Feeds, "apple/receipt.json")]
    [InlineData(Containers.Runs, "")]
    public async Task What_tells_of_it_may_be_lost(string container, string name)
    {
        var first = await azurite.Night(Town()).RunAsync();
        var lost = await LoseAsync(first, 2, Town("newcomer"));
        var run = $"{first.Run.Tenant}/{lost.Run.Run}";
        await azurite.Blobs.DeleteAsync(container, name.Length == 0 ? $"{run}.json" : $"{run}/{name}", CancellationToken.None);

        var third = await Next(first, 3, Town()).RunAsync();

        Assert.Equal(ReceiptState.Sent, (await third.ReceiptAsync()).State);
    }

    /// <summary>What is known of such a target is a file that is gone, or a roster that can only be made anew without whoever is protected by now.</summary>
    [Theory]
    [InlineData("oneRosterCsv", "users.csv", Containers.Feeds)]
    [InlineData("schoolDataSync", "users.csv", Containers.Feeds)]
    [InlineData("oneRosterCsv", "users.csv", Containers.Rosters)]
    [InlineData("schoolDataSync", "users.csv", Containers.Rosters)]
    public async Task Nobody_protected_stays_where_what_tells_of_it_is_lost(string type, string file, string container)
    {
        var first = await Of(azurite.Night(Town())).RunAsync();
        var lost = await Lossy(Of(Next(first, 2, Town("newcomer")))).RunAsync();
        await foreach (var blob in azurite.Blobs.ListAsync(container, $"{first.Run.Tenant}/{lost.Run.Run}/", CancellationToken.None))
        {
            await azurite.Blobs.DeleteAsync(container, blob.Name, CancellationToken.None);
        }

        var town = Town("newcomer");
        town.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("newcomer"))["securityMarking"] = "Sekretessmarkering";
        var resting = await Of(Resting(first, 3, town)).RunAsync();

        Assert.DoesNotContain(Ids.Of("newcomer"), new AppleZip(File.ReadAllBytes(resting.Received[^1].LocalFile)).Column(file, "sourcedId"));

        Night Of(Night night) => night.WithFeed("type", type).WithFeed("settings", new JsonObject());
    }

    /// <summary>It is sent over, whatever there was.</summary>
    [Fact]
    public async Task Nothing_waits_for_a_complete_file_that_is_lost()
    {
        var first = await Of(azurite.Night(Town())).RunAsync();
        var lost = await Lossy(Of(Next(first, 2, Town("newcomer")))).RunAsync();
        await azurite.Blobs.DeleteAsync(Containers.Feeds, $"{first.Run.Tenant}/{lost.Run.Run}/{first.Run.Feeds[0].Name}/oneroster.zip", CancellationToken.None);

        var third = await Of(Next(first, 3, Town("newcomer"))).RunAsync();

        Assert.Equal(RunState.Delivered, third.Run.State);
        Assert.Contains(Ids.Of("newcomer"), new AppleZip(File.ReadAllBytes(third.Received[^1].LocalFile)).Column("users.csv", "sourcedId"));

        static Night Of(Night night) => night.WithFeed("type", "oneRosterCsv").WithFeed("settings", new JsonObject());
    }

    /// <summary>What it may have taken is made once more as it was.</summary>
    [Fact]
    public async Task Settings_that_wait_reach_nobody_with_it()
    {
        var first = await Of(azurite.Night(Town()), "eduPersonPrincipalName").RunAsync();
        await Lossy(Of(Next(first, 2, Town("newcomer")), "eduPersonPrincipalName")).RunAsync();
        var town = Town("newcomer");
        town.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("newcomer"))["securityMarking"] = "Sekretessmarkering";

        var held = await Of(Next(first, 3, town), "email").RunAsync();

        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Equal(
            ["alva@id.example", "bo@id.example", "dag@id.example"],
            new AppleZip(File.ReadAllBytes(held.Received[^1].LocalFile)).Column("users.csv", "username").Order(StringComparer.Ordinal));

        Night Of(Night night, string username) => night.WithFeed("type", "schoolDataSync").WithFeed("settings", new JsonObject { ["username"] = username });
    }

    [Fact]
    public async Task The_feed_may_be_called_otherwise_since()
    {
        var first = await azurite.Night(Town()).RunAsync();
        await LoseAsync(first, 2, Town("newcomer"));

        var third = await Next(first, 3, Town()).WithFeed("name", "ipads").RunAsync();

        Assert.Equal(["alva", "bo", "dag"], Students(third));
    }

    /// <summary>Of several nights that nobody confirmed any may be what the target has, and one that only took people out may have got lost likewise.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Who_is_protected_leaves_a_target_that_rests_and_may_have_taken_them(bool isReplaced, bool isLostAgain)
    {
        var first = await azurite.Night(Town()).RunAsync();
        await LoseAsync(first, 2, Town("newcomer"));
        if (isReplaced)
        {
            await LoseAsync(first, 3, Town("other"));
        }

        var town = Town("newcomer");
        town.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("newcomer"))["securityMarking"] = "Sekretessmarkering";
        if (isLostAgain)
        {
            await Lossy(Resting(first, 4, town)).RunAsync();
        }

        var resting = await Resting(first, 5, town).RunAsync();

        Assert.Equal(isReplaced ? ["alva", "bo", "dag", "other"] : ["alva", "bo", "dag"], Students(resting));
        town.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("dag"))["securityMarking"] = "Sekretessmarkering";
        Assert.Equal(isReplaced ? ["alva", "bo", "other"] : ["alva", "bo"], Students(await Resting(first, 6, town).RunAsync()));
    }

    private static SchoolBuilder Town(params string[] newcomers)
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        string[] pupils = ["alva", "bo", "dag", .. newcomers];
        foreach (var pupil in pupils)
        {
            school.Student(pupil, "north");
        }

        school.Group("6a", "north", "Klass", pupils);
        return school;
    }

    private static IEnumerable<string> Students(NightResult night) =>
        new AppleZip(File.ReadAllBytes(night.Received[^1].LocalFile)).Column("students.csv", "first_name").Select(name => name.ToLowerInvariant()).Order(StringComparer.Ordinal);

    private static Night Lossy(Night night) => night.Registering(services => LosesAnswers.Register(services, answers: int.MaxValue));

    /// <summary>The receiver takes each of the tries.</summary>
    private async Task<NightResult> LoseAsync(NightResult first, int day, SchoolBuilder town)
    {
        var lost = await Lossy(Next(first, day, town)).RunAsync();
        Assert.Equal(RunState.Failed, lost.Run.State);
        Assert.Equal(4, Students(lost).Count());
        return lost;
    }

    private Night Resting(NightResult first, int day, SchoolBuilder town) =>
        Next(first, day, town).WithFeed("freeze", new JsonObject { ["until"] = "2026-12-30", ["what"] = "all" });

    private Night Next(NightResult first, int day, SchoolBuilder town) => azurite.Night(town).As(first.Run.Tenant).On(Night.Today.AddDays(day)).AcceptingShrink();
}
