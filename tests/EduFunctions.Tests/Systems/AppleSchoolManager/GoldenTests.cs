using EduFunctions.Pipeline.Runs;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.AppleSchoolManager;

[Collection(TargetTests.Name)]
public sealed class GoldenTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_files_for_Apple_look_as_they_did()
    {
        var night = await azurite.Night(GoldenSchool.Make()).RunAsync();

        Assert.Equal(RunState.Delivered, night.Run.State);
        foreach (var (name, text) in (await night.AppleAsync()).Files)
        {
            Assert.Equal(GoldenFiles.Expected($"tests/EduFunctions.Tests/Systems/AppleSchoolManager/Golden/{name}", text), text);
        }
    }
}
