using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Simulators.Http;
using EduFunctions.Tests.App;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Infrastructure;

/// <summary>Whoever asks which version is at work gets one answer.</summary>
[Collection(HostTests.Name)]
public sealed class VersionTests(AzuriteFixture azurite)
{
    private static readonly string Written = XDocument.Parse(Repository.Text("Directory.Build.props")).Descendants("Version").Single().Value;

    [Fact]
    public void All_assemblies_have_the_version_of_the_repository()
    {
        var ours = typeof(VersionTests).Assembly.GetReferencedAssemblies().Where(assembly => assembly.Name!.StartsWith("EduFunctions.", StringComparison.Ordinal)).ToList();

        Assert.Equal(Written, Product.Version);
        Assert.True(ours.Count >= 3);
        Assert.All(ours.Select(Assembly.Load), assembly => Assert.Equal(Written, assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion));
    }

    [Fact]
    public void The_changelog_tells_what_is_in_it() => Assert.Matches($@"(?m)^## \[{Written}\] - \d{{4}}-\d{{2}}-\d{{2}}$", Repository.Text("CHANGELOG.md"));

    [Theory]
    [InlineData("publiccode.yml", "softwareVersion: ")]
    [InlineData("azure.yaml", "template: edufunctions@")]
    public void What_others_read_names_it(string file, string before) => Assert.Contains($"{before}{Written}\n", Repository.Text(file), StringComparison.Ordinal);

    [Fact]
    public async Task The_command_line_tells_it()
    {
        var ended = await LocalHostProcess.RunAsync(new Dictionary<string, string>(), Repository.Root, "--version");

        Assert.Equal((0, Written), (ended.ExitCode, ended.Output.Trim()));
    }

    [Fact]
    public async Task Health_check_and_pages_tell_it()
    {
        await using var town = await Town.StartAsync(azurite);
        await using var serving = await Serving.Serving.StartAsync(town);

        var health = JsonNode.Parse(await serving.Http.GetStringAsync("/api/health"))!;
        var page = await serving.Http.GetStringAsync("/");

        Assert.Equal(Written, (string?)health["version"]);
        Assert.Matches($@"(?s)<footer>.*EduFunctions {Regex.Escape(Written)}</p>.*</footer>", page);
    }

    [Fact]
    public async Task Every_call_to_another_system_tells_it()
    {
        var callers = new ConcurrentQueue<string>();
        await using var other = await LoopbackServer.StartAsync(context =>
        {
            callers.Enqueue(context.Request.Headers.UserAgent.ToString());
            return Task.CompletedTask;
        });
        await using var services = new ServiceCollection().AddLogging().AddRosterPipeline(AppTriggers.LocalConfiguration).BuildServiceProvider();
        var clients = Names().Select(services.GetRequiredService<IHttpClientFactory>().CreateClient).Append(services.GetRequiredService<SoapConnections>().Get(null)).ToList();

        foreach (var client in clients)
        {
            using var answer = await client.GetAsync(other.Address);
        }

        Assert.Equal(Enumerable.Repeat($"EduFunctions/{Written}", clients.Count), callers);
    }

    private static List<string> Names()
    {
        var names = typeof(Product).Assembly.GetTypes().Select(type => type.GetField("HttpClientName")?.GetValue(null)).OfType<string>().ToList();
        Assert.Contains(WebhookChannel.HttpClientName, names);
        return names;
    }
}
