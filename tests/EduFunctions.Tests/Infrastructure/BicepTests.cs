using System.Diagnostics;
using System.Reflection;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Infrastructure;

[Trait(Level.Name, Level.Tools)]
public sealed class BicepTests
{
    private static readonly string Bicep = typeof(BicepTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "Bicep").Value!;

    [Theory]
    [InlineData("build", "main.bicep")]
    [InlineData("lint", "main.bicep")]
    [InlineData("build-params", "main.bicepparam")]
    [InlineData("build-params", "dev.bicepparam")]
    [InlineData("build-params", "prod.bicepparam")]
    public async Task What_is_made_in_Azure_is_described_without_a_warning(string command, string file)
    {
        string[] output = command == "lint" ? [] : ["--stdout"];
        var start = new ProcessStartInfo(Bicep, [command, file, .. output])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "infra"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        using var bicep = Process.Start(start)!;
        var answer = bicep.StandardOutput.ReadToEndAsync();
        var complaints = await bicep.StandardError.ReadToEndAsync();
        await answer;
        await bicep.WaitForExitAsync();

        Assert.Equal("", complaints);
        Assert.Equal(0, bicep.ExitCode);
    }
}
