using System.Collections;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Eligibility;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>Who becomes protected leaves the feed in the same night, whatever became of the night before.</summary>
[Collection(ProtectedTests.Name)]
public sealed class RetroRemovalTests(AzuriteFixture azurite)
{
    /// <summary>Holds every removal: only protected persons leave nevertheless.</summary>
    private static readonly JsonObject Strict = new() { ["guard"] = new JsonObject { ["minRemoved"] = 0, ["maxRemovedPercent"] = 0 } };

    private readonly SchoolBuilder _school = new(Night.Today);

    public static TheoryData<string> Yesterdays => ["delivered", "held", "failed"];

    [Theory]
    [MemberData(nameof(Yesterdays))]
    public async Task They_are_in_one_nights_zip_and_not_in_the_next(string yesterday)
    {
        Arrange();
        var first = await azurite.Night(_school).RunAsync();
        await YesterdayAsync(first.Run.Tenant, yesterday);
        foreach (var label in new[] { "alva", "ghost" })
        {
            Person(label)["securityMarking"] = "Skyddad folkbokföring";
        }

        End("cleo");

        var night = await azurite.Night(_school).As(first.Run.Tenant).With(Strict).RunAsync();

        Assert.Equal((RunState.Delivered, RunState.Held), (first.Run.State, night.Run.State));
        var (before, after) = (await TextAsync(first), await TextAsync(night));
        foreach (var gone in new[] { "alva", "ghost" })
        {
            Assert.Contains(Ids.Of(gone), before);
            Assert.DoesNotContain(Ids.Of(gone), after);
            Assert.DoesNotContain($"{gone}@", after);
        }

        Assert.All(new[] { "bo", "cleo" }, stays => Assert.Contains(Ids.Of(stays), after));
    }

    [Fact]
    public async Task Somebody_marked_on_a_reference_alone_leaves_as_well()
    {
        Arrange();
        var first = await azurite.Night(_school).RunAsync();
        _school.Group("7b", "north", "Klass", "alva")["groupMemberships"]![0]!["person"]!["securityMarking"] = "Sekretessmarkering";
        End("cleo");

        var night = await azurite.Night(_school).As(first.Run.Tenant).With(Strict).RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.DoesNotContain(Ids.Of("alva"), await TextAsync(night));
        Assert.Contains(Ids.Of("cleo"), await TextAsync(night));
    }

    [Fact]
    public async Task The_guardian_of_nobody_else_leaves_with_the_student()
    {
        Arrange();
        _school.Guardian("gun", "alva");
        _school.Guardian("stig", "alva", "bo");
        var first = await azurite.Night(_school).Dry().RunAsync();
        Person("alva")["securityMarking"] = "Sekretessmarkering";

        var night = await azurite.Night(_school).As(first.Run.Tenant).Dry().RunAsync();

        Assert.Equal((2, 1), (first.Run.Counts!.Guardians, night.Run.Counts!.Guardians));
        Assert.Equal(("no: guardian.noStudent", "yes"), (await night.GuardianAsync("gun"), await night.GuardianAsync("stig")));
    }

    private async Task YesterdayAsync(string tenant, string outcome)
    {
        if (outcome == "held")
        {
            var held = await azurite.Night(_school).As(tenant)
                .Behaving(habits => habits.Fault = page => page.Collection == "duties" ? new Fault.Status(403) : null).RunAsync();
            Assert.Equal(RunState.Held, held.Run.State);
        }
        else if (outcome == "failed")
        {
            var failed = await azurite.Night(_school).As(tenant).With(new BrokenFeed()).RunAsync();
            Assert.True(failed.Run.State == RunState.Failed, failed.Run.StateReason);
        }
    }

    private void Arrange()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Student("bo", "north");
        _school.Student("cleo", "north");
        _school.Employee("ghost");
        _school.Duty("ghost's", "ghost", "north");
        _school.Group("7a", "north", "Klass", "alva", "bo");
        _school.Activity("class hour", "north", "7a", null, "ghost's");
    }

    private void End(string label) => Person(label)["enrolments"]![0]!["endDate"] = _school.Day(-100);

    private static async Task<string> TextAsync(NightResult night) => string.Concat((await night.AppleAsync()).Files.Values);

    private JsonObject Person(string label) => _school.Data[Collections.Persons].First(person => (string?)person["id"] == Ids.Of(label));

    /// <summary>A feed that is complete every time, and fails.</summary>
    private sealed class BrokenFeed : IFeed
    {
        public string Type => TestFeed.Name;

        public Type Settings => typeof(TestFeedSettings);

        public bool TargetKeepsState(FeedSettings settings) => false;

        public FeedSelection Choose(Roster roster, FeedSettings settings, Holders holders) =>
            new(new BitArray(roster.Persons.Count), new BitArray(roster.Sections.Count), new FindingLog());

        public void RenderLeaving(FeedInput input, FeedFiles files)
        {
        }

        public void Render(FeedInput input, FeedFiles files) => throw new IOException("no room");

        public IEnumerable<FeedRow> Rows(string file, Stream content) => [];

        public IReadOnlyList<FeedError> Check(FeedFiles files, FeedSettings settings) => [];
    }
}
