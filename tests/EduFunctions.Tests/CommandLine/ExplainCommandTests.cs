using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>Who types what people call each other, where an id is asked for, is told how to ask by that, and hears nothing of it again.</summary>
[Collection(CommandTests.Name)]
public sealed class ExplainCommandTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("Vilda Provhed")]
    [InlineData("vilda.provhed@skola.example")]
    [InlineData("vilda123")]
    [InlineData("vilda123", "--history")]
    public async Task What_is_no_id_is_sent_to_the_look_up_by_name(string asked, params string[] more)
    {
        await using var town = await Town.StartAsync(azurite, PlainTown.Make().Data);
        await town.PassAsync(isDry: true);

        var ended = await town.CommandAsync(["explain", "--tenant", town.Id, "--person", asked, .. more]);

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output.Trim()));
        Assert.Contains("--find -", ended.Errors);
        Assert.DoesNotContain(asked, ended.Errors);
    }
}
