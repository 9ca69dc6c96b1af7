using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

[Collection(HostTests.Name)]
public sealed class DemoTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-demo-test-");

    [Fact]
    public async Task The_demo_needs_nothing_and_shows_every_tenant_delivered()
    {
        var ended = await LocalHostProcess.RunAsync(new Dictionary<string, string>(), _folder.FullName, "demo");

        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        foreach (var tenant in new[] { "nordhamn", "vikdalen", "solberga", "skovby" })
        {
            var zip = Path.Combine(_folder.FullName, "out", "demo", tenant, "apple", "asm.zip");
            Assert.Contains(zip, ended.Output);
            Assert.True(File.Exists(zip));
            Assert.Matches($@"{tenant} +(persons|999001) +[0-9]+ rows, [0-9]+ pages", ended.Errors);
        }

        Assert.Contains("membership.txt", ended.Output);
        Assert.Contains("A00001.total.xml", ended.Output);
        Assert.Contains("uniloginImport: Draft contract", ended.Output);
        Assert.Contains("person.protected", ended.Output);
        Assert.Matches(@"student_in_class +│ +[1-9]", ended.Output);
        Assert.Contains("delivered", ended.Output);
        Assert.DoesNotContain("failed", ended.Output);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
