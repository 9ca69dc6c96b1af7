using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

[Collection(AzuriteTests.Name)]
public sealed class GuardianTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    [Fact]
    public async Task A_guardian_has_an_eligible_student()
    {
        Arrange();
        _school.Guardian("frej", "alva");
        _school.Guardian("gun", "gone");
        _school.Guardian("hans", "gone", "alva");

        var night = await NightAsync();

        Assert.Equal("yes", await night.GuardianAsync("frej"));
        Assert.Equal("no: guardian.noStudent", await night.GuardianAsync("gun"));
        Assert.Equal("yes", await night.GuardianAsync("hans"));
        Assert.Equal(Ids.Of("gun"), (string?)(await night.ReasonAsync("gun", "guardian"))["entity"]);
        Assert.Equal((2, 1), (night.Run.Counts!.Guardians, night.Excluded("guardian.noStudent")));
    }

    [Fact]
    public async Task A_relation_that_is_not_on_the_list_makes_a_candidate_and_no_guardian()
    {
        Arrange();
        _school.Guardian("frej");
        _school.Responsible("alva", "frej", "God man");
        _school.Guardian("gun");
        _school.Responsible("alva", "gun").Remove("relationType");

        var usual = await NightAsync();
        var wider = await azurite.Night(_school).With("eligibility.guardianRelations", new JsonArray("God man")).Dry().RunAsync();

        Assert.Equal("no: guardian.noStudent", await usual.GuardianAsync("frej"));
        Assert.Equal("no: guardian.noStudent", await usual.GuardianAsync("gun"));
        Assert.Equal("yes", await wider.GuardianAsync("frej"));
    }

    [Fact]
    public async Task Whoever_is_named_by_anybody_is_a_candidate()
    {
        Arrange();
        _school.Employee("hugo")["responsibles"] = new JsonArray();
        _school.Responsible("hugo", "alva");

        var night = await NightAsync();

        Assert.Equal("no: guardian.noStudent", await night.GuardianAsync("alva"));
        Assert.Equal("no candidate", await night.GuardianAsync("hugo"));
    }

    [Fact]
    public async Task Nobody_is_the_guardian_of_himself_or_herself()
    {
        Arrange();
        _school.Responsible("alva", "alva");

        var night = await NightAsync();

        Assert.Equal(("yes", "no: guardian.noStudent"), (await night.StudentAsync("alva"), await night.GuardianAsync("alva")));
    }

    [Fact]
    public async Task A_guardian_that_the_source_does_not_hand_out_is_a_dangling_reference()
    {
        Arrange();
        _school.Responsible("alva", "nobody");

        var night = await NightAsync();

        Assert.Equal((0, 0, 1), (night.Run.Counts!.Guardians, night.Excluded("guardian.noStudent"), night.Run.Pull!["persons"].Dangling));
    }

    [Fact]
    public async Task A_guardian_may_live_abroad()
    {
        Arrange();
        _school.Guardian("frej", "alva")["personStatus"] = "Utvandrad";

        var night = await NightAsync();

        Assert.Equal("yes", await night.GuardianAsync("frej"));
    }

    [Fact]
    public async Task Owners_of_a_placement_are_no_guardians()
    {
        Arrange();
        _school.Guardian("frej");
        _school.Placement("place", "alva", "north")["owners"] = new JsonArray(SchoolBuilder.Reference("frej"));

        var night = await NightAsync();

        Assert.Equal("no candidate", await night.GuardianAsync("frej"));
    }

    private void Arrange()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Student("gone", "nowhere");
    }

    private Task<NightResult> NightAsync() => azurite.Night(_school).Dry().RunAsync();
}
