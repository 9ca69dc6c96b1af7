using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
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
        await LoseAsync(first, Town("newcomer"));
        var town = isProtected ? Town("newcomer") : Town();
        town.Data[Collections.Persons].Where(person => (string?)person["id"] == Ids.Of("newcomer")).ToList().ForEach(person => person["securityMarking"] = "Sekretessmarkering");

        var third = await Next(first, 3, town).RunAsync();
        var fourth = await Next(first, 4, town).RunAsync();

        Assert.Equal(ReceiptState.Sent, (await third.ReceiptAsync()).State);
        Assert.Equal(["alva", "bo", "dag"], Students(third));
        Assert.Equal(ReceiptState.SkippedUnchanged, (await fourth.ReceiptAsync()).State);
    }

    [Fact]
    public async Task Who_is_protected_leaves_a_target_that_rests_and_may_have_taken_them()
    {
        var first = await azurite.Night(Town()).RunAsync();
        await LoseAsync(first, Town("newcomer"));
        var town = Town("newcomer");
        town.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("newcomer"))["securityMarking"] = "Sekretessmarkering";

        var resting = await Next(first, 3, town).WithFeed("freeze", new JsonObject { ["until"] = "2026-12-30", ["what"] = "all" }).RunAsync();

        Assert.Equal(["alva", "bo", "dag"], Students(resting));
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

    /// <summary>The receiver takes each of the tries.</summary>
    private async Task LoseAsync(NightResult first, SchoolBuilder town)
    {
        var lost = await Next(first, 2, town).Registering(services => LosesAnswers.Register(services, answers: int.MaxValue)).RunAsync();
        Assert.Equal(RunState.Failed, lost.Run.State);
        Assert.Contains("newcomer", Students(lost));
    }

    private Night Next(NightResult first, int day, SchoolBuilder town) => azurite.Night(town).As(first.Run.Tenant).On(Night.Today.AddDays(day)).AcceptingShrink();
}
