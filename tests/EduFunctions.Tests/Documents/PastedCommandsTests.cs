using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Documents;

/// <summary>Every command of the documents runs when it is pasted, from top to bottom, in a clean folder.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class PastedCommandsTests(PastedTown town) : IClassFixture<PastedTown>
{
    public static TheoryData<string> Documents => [.. PastedBlock.Documents.Where(document => PastedBlock.Of(document).Any(block => block.IsRun))];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Its_commands_run_when_pasted(string document)
    {
        var ended = await town.PasteAsync(PastedBlock.Of(document));

        Assert.True(ended.ExitCode == 0, $"{document} ends with {ended.ExitCode}: {ended.Errors}\n{ended.Output}");
    }
}
