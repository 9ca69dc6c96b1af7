using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Stages;

[Collection(AzuriteTests.Name)]
public sealed class DryRunTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_dry_run_of_a_tenant_without_feeds_delivers_nothing_and_does_not_say_so()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");

        var night = await azurite.Night(school).With("feeds", new JsonArray()).Dry().RunAsync();

        Assert.Equal(RunState.DryRun, night.Run.State);
    }
}
