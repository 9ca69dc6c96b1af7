using System.Text.Json;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Http;
using EduFunctions.Tests.App;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Infrastructure;

/// <summary>What editors and the tools of the platform read and no compiler does.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed partial class EditorFilesTests
{
    private const string App = "src/EduFunctions.App";
    private const string Workspace = "${workspaceFolder}/";

    private static readonly string Framework = Repository.Xml("Directory.Build.props").Descendants("TargetFramework").Single().Value;
    private static readonly string Machine = Repository.Xml($"{App}/EduFunctions.App.csproj").Descendants("RuntimeIdentifier").Single().Value;
    private static readonly JsonElement[] Tasks = [.. Repository.Json(".vscode/tasks.json").GetProperty("tasks").EnumerateArray()];
    private static readonly JsonElement[] Launches = [.. Repository.Json(".vscode/launch.json").GetProperty("configurations").EnumerateArray()];
    private static readonly JsonElement Settings = Repository.Json(".vscode/settings.json");

    [Fact]
    public void The_host_is_started_where_the_app_is_built()
    {
        var start = Tasks.Single(task => task.GetProperty("type").GetString() == "func");

        Assert.Equal($"{Workspace}{App}/bin/Debug/{Framework}/{Machine}", start.GetProperty("options").GetProperty("cwd").GetString());
        Assert.Equal($"{App}/bin/Release/{Framework}/{Machine}/publish", Text(Settings, "azureFunctions.deploySubpath"));
        Assert.Equal(App, Text(Settings, "azureFunctions.projectSubpath"));
    }

    [Fact]
    public void Every_task_that_is_asked_for_exists()
    {
        var labels = Tasks.Select(task => Text(task, "label")!).ToHashSet();
        var asked = Tasks.Select(task => Text(task, "dependsOn")).Concat(Launches.Select(launch => Text(launch, "preLaunchTask"))).Append(Text(Settings, "azureFunctions.preDeployTask"));

        Assert.Subset(labels, asked.OfType<string>().ToHashSet());
    }

    [Fact]
    public void Every_task_runs_in_a_project_that_exists() => Assert.All(
        Tasks.Where(task => Text(task, "type") == "process").Select(task => Text(task.GetProperty("options"), "cwd")!),
        folder => Assert.True(Directory.Exists($"{folder.Replace("${workspaceFolder}", Repository.Root, StringComparison.Ordinal)}/"), folder));

    [Fact]
    public void What_is_launched_is_what_is_built() => Assert.All(
        Launches.Select(launch => Text(launch, "program")).OfType<string>(),
        program => Assert.Equal($"{Workspace}src/EduFunctions.LocalHost/bin/Debug/{Framework}/EduFunctions.LocalHost.dll", program));

    [Fact]
    public void The_container_has_the_extensions_that_are_recommended() => Assert.Equal(
        Texts(Repository.Json(".vscode/extensions.json").GetProperty("recommendations")),
        Texts(Repository.Json(".devcontainer/devcontainer.json").GetProperty("customizations").GetProperty("vscode").GetProperty("extensions")));

    /// <summary>Chromium and the other programs of the tests.</summary>
    [Fact]
    public void The_container_has_what_the_tests_install_elsewhere()
    {
        var wanted = Packages().Match(Repository.Text(".ci/run")).Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var given = Packages().Match(Repository.Text(".devcontainer/Dockerfile")).Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.NotEmpty(wanted);
        Assert.Subset(given.ToHashSet(), wanted.ToHashSet());
    }

    [Fact]
    public void The_app_is_brought_to_Azure_from_where_it_lies()
    {
        var lines = Repository.Text("azure.yaml").Split('\n');

        Assert.StartsWith("# yaml-language-server: $schema=", lines[0], StringComparison.Ordinal);
        Assert.Contains($"    project: {App}", lines);
        Assert.Contains("  path: infra", lines);
        Assert.Contains("'azd-service-name': 'app'", Repository.Text("infra/modules/functionApp.bicep"), StringComparison.Ordinal);
        Assert.Contains("  app:", lines);
    }

    [Fact]
    public void Every_call_of_the_API_can_be_sent_from_the_editor()
    {
        using var services = new ServiceCollection().AddLogging().AddRosterPipeline(AppTriggers.LocalConfiguration).BuildServiceProvider();
        var calls = services.GetRequiredService<ApiRoutes>().All.Where(route => route.Template.StartsWith("/api/", StringComparison.Ordinal));

        var sent = Requests().Matches(Repository.Text("test.http")).Select(match => match.Groups[1].Value.Replace("{{host}}", "", StringComparison.Ordinal));

        Assert.Equal(
            calls.Select(route => $"{route.Method} {Placeholders().Replace(route.Template, "{}")}").Order(StringComparer.Ordinal),
            sent.Select(request => Placeholders().Replace(request, "{}")).Distinct().Order(StringComparer.Ordinal));
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(item => item.GetString());

    [GeneratedRegex("apt-get install -y (?:-\\S+ )*([a-z0-9 -]+)")]
    private static partial Regex Packages();

    [GeneratedRegex("^((?:GET|POST) \\S+)$", RegexOptions.Multiline)]
    private static partial Regex Requests();

    [GeneratedRegex(@"\{+\w+\}+")]
    private static partial Regex Placeholders();
}
