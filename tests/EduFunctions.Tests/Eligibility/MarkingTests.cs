using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

[Collection(AzuriteTests.Name)]
public sealed class MarkingTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    [Fact]
    public async Task A_marking_that_is_missing_excludes_unless_the_tenant_includes_it()
    {
        Arrange();
        Person("alva").Remove("securityMarking");

        var excluding = await NightAsync();
        var including = await azurite.Night(_school).With("eligibility.unknownSecurityMarking", "include").Dry().RunAsync();

        Assert.Equal("no: person.markingUnknown", await excluding.StudentAsync("alva"));
        Assert.Equal("yes", await including.StudentAsync("alva"));
    }

    [Fact]
    public async Task Null_is_a_missing_marking()
    {
        Arrange();
        Person("alva")["securityMarking"] = null;

        var night = await azurite.Night(_school).With("eligibility.unknownSecurityMarking", "include").Dry().RunAsync();

        Assert.Equal("yes", await night.StudentAsync("alva"));
    }

    [Theory]
    [InlineData("exclude")]
    [InlineData("include")]
    public async Task A_marking_that_nobody_knows_always_excludes(string setting)
    {
        Arrange();
        Person("alva")["securityMarking"] = "Spärrad";

        var night = await azurite.Night(_school).With("eligibility.unknownSecurityMarking", setting).Dry().RunAsync();

        Assert.Equal("no: person.markingUnknown", await night.StudentAsync("alva"));
        Assert.True(night.HasFinding("value.unknown"));
    }

    [Fact]
    public async Task A_marking_that_nobody_knows_excludes_wherever_it_stands()
    {
        Arrange();
        _school.Group("7a", "north", "Klass", "alva")["groupMemberships"]![0]!["person"]!["securityMarking"] = "Spärrad";

        var night = await NightAsync();

        Assert.Equal("no: person.markingUnknown", await night.StudentAsync("alva"));
    }

    [Fact]
    public async Task A_marking_on_a_reference_does_not_stand_in_for_the_persons_own()
    {
        Arrange();
        Person("alva").Remove("securityMarking");
        _school.Group("7a", "north", "Klass", "alva")["groupMemberships"]![0]!["person"]!["securityMarking"] = "Ingen";

        var night = await NightAsync();

        Assert.Equal("no: person.markingUnknown", await night.StudentAsync("alva"));
    }

    [Fact]
    public async Task Where_nobody_has_the_property_the_run_is_held()
    {
        Arrange();
        RemoveMarkings();

        var night = await azurite.Night(_school).With("eligibility.unknownSecurityMarking", "include").Dry().RunAsync();

        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Null(night.Run.Counts);
    }

    [Fact]
    public async Task Markings_on_references_are_not_the_property_of_anybody()
    {
        Arrange();
        RemoveMarkings();
        _school.Group("7a", "north", "Klass", "alva")["groupMemberships"]![0]!["person"]!["securityMarking"] = "Ingen";

        var night = await NightAsync();

        Assert.Equal(RunState.Held, night.Run.State);
    }

    [Fact]
    public async Task A_tenant_may_accept_that_nobody_is_marked()
    {
        Arrange();
        RemoveMarkings();

        var night = await azurite.Night(_school).With("eligibility.acceptUnmarkedProtection", true).Dry().RunAsync();

        Assert.Equal((RunState.DryRun, "yes"), (night.Run.State, await night.StudentAsync("alva")));
    }

    [Fact]
    public async Task Who_accepts_missing_markings_still_protects_those_that_are_there()
    {
        Arrange();
        RemoveMarkings();
        Person("alva")["securityMarking"] = "Sekretessmarkering";

        var night = await azurite.Night(_school).With("eligibility.acceptUnmarkedProtection", true).Dry().RunAsync();

        Assert.Equal(("no: person.protected", "yes"), (await night.StudentAsync("alva"), await night.StudentAsync("bo")));
    }

    private void Arrange()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Student("bo", "north");
    }

    private void RemoveMarkings()
    {
        foreach (var person in _school.Data[Collections.Persons])
        {
            person.Remove("securityMarking");
        }
    }

    private JsonObject Person(string label) => _school.Data[Collections.Persons].First(person => (string?)person["id"] == Ids.Of(label));

    private Task<NightResult> NightAsync() => azurite.Night(_school).Dry().RunAsync();
}
