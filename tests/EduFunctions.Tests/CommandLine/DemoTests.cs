using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduFunctions.Simulators.Http;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

[Collection(CommandTests.Name)]
public sealed class DemoTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-demo-test-");

    [Fact]
    public async Task The_demo_needs_nothing_and_shows_every_tenant_delivered_also_to_two_at_once()
    {
        var temporary = _folder.CreateSubdirectory("tmp");
        using var demo = LocalHostProcess.Start(new Dictionary<string, string> { ["TMPDIR"] = temporary.FullName }, _folder.FullName, "demo");
        await demo.WaitForAsync("Starting invented school registers", TimeSpan.FromMinutes(1));

        var second = await LocalHostProcess.RunAsync(new Dictionary<string, string> { ["TMPDIR"] = temporary.FullName }, _folder.FullName, "demo");

        var ended = await demo.EndAsync();
        Assert.True(ended.ExitCode == 0, ended.Output + ended.Errors);
        Assert.True(second.ExitCode == 0, second.Output + second.Errors);
        Assert.Contains("runs --tenant nordhamn --storage .azurite-2", second.Output);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "out", "demo-2", "nordhamn", "apple", "asm.zip")));
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
        Assert.Matches(@"student_in_class +[1-9]", ended.Output);
        Assert.Contains("delivered", ended.Output);
        Assert.DoesNotContain("failed", ended.Output);
        Assert.Contains("demo --serve", ended.Output);
        Assert.Contains("init --from nordhamn", ended.Output);
        Assert.Empty(temporary.EnumerateFileSystemInfos());
        Assert.False(Directory.Exists(Path.Combine(_folder.FullName, "out", "demo", "town")));
    }

    [Fact]
    public async Task The_demo_stays_up_with_a_plan_to_release_and_a_person_to_ask_for()
    {
        var address = $"http://127.0.0.1:{FreePort.Find()}";
        using var demo = LocalHostProcess.Start(new Dictionary<string, string>(), _folder.FullName, "demo", "--serve", "--urls", address);
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        await demo.WaitForAsync("Listening on", TimeSpan.FromMinutes(3));
        var run = LastLine(demo.Output, "/runs/").Split("/runs/")[1];

        var record = await http.GetFromJsonAsync<JsonObject>($"/api/tenants/solberga/runs/{run}");
        var people = Regex.Matches(demo.Output, "^ +([^ ,]+ [^,]+), ([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})", RegexOptions.Multiline).Select(found => found.Groups[2].Value).ToList();
        var kept = await http.GetStringAsync($"/api/tenants/solberga/people/{people[0]}");
        var hidden = await http.GetStringAsync($"/api/tenants/solberga/people/{people[1]}");
        var released = await http.PostAsJsonAsync($"/api/tenants/solberga/runs/{run}/approve", new { plan = (string?)record!["feeds"]![0]!["plan"]!["hash"] });

        Assert.Equal("held", (string?)record["state"]);
        Assert.Contains("placement.dates", kept);
        Assert.Contains("guard.staying", kept);
        Assert.DoesNotContain("person.protected", kept);
        Assert.Contains("person.protected", hidden);
        Assert.Equal(HttpStatusCode.Accepted, released.StatusCode);
        Assert.Contains("solberga", await http.GetStringAsync("/"));
        await demo.TerminateAsync();
        Assert.Equal(0, (await demo.EndAsync()).ExitCode);
    }

    private static string LastLine(string text, string part) => text.Split('\n').Last(line => line.Contains(part, StringComparison.Ordinal));

    public void Dispose() => _folder.Delete(recursive: true);
}
