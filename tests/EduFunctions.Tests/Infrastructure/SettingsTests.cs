using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Infrastructure;

/// <summary>What the code reads and what the templates give are the same.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed partial class SettingsTests
{
    // Read by the Functions host, or by Azure.Identity.
    private static readonly string[] OfOthers =
    [
        "AZURE_CLIENT_ID", "AzureWebJobsDisableHomepage", "AzureWebJobsStorage__clientId", "AzureWebJobsStorage__credential", "AzureWebJobsStorage__queueServiceUri",
    ];

    // A connection string is for machines without a managed identity.
    private static readonly string[] OfOneMachine = ["AzureWebJobsStorage"];

    private static readonly string Template = Repository.Text("infra/modules/functionApp.bicep");

    [Fact]
    public void Every_setting_that_the_app_reads_is_given_and_the_reverse()
    {
        var read = Sources().SelectMany(source => ReadSetting().Matches(source).Concat(TriggerSetting().Matches(source)))
            .Select(match => match.Groups[1].Value.Replace(":", "__", StringComparison.Ordinal));
        var settings = Template[Template.IndexOf("name: 'appsettings'", StringComparison.Ordinal)..Template.IndexOf("name: 'authsettingsV2'", StringComparison.Ordinal)];
        var given = GivenSetting().Matches(settings).Select(match => match.Groups[1].Value);

        Assert.Equal(
            read.Except(OfOneMachine).Concat(OfOthers).Distinct().Order(StringComparer.Ordinal),
            given.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_limit_of_the_machinery_can_be_given_and_is_described()
    {
        Assert.Contains("'Pipeline__${limit.key}'", Template, StringComparison.Ordinal);
        Assert.All(
            typeof(PipelineOptions).GetProperties().Where(option => option.Name != nameof(PipelineOptions.Calls)),
            option => Assert.Contains($"`Pipeline__{option.Name}`", Repository.Text("docs/operations.md"), StringComparison.Ordinal));
        Assert.All(
            typeof(CallLimits).GetProperties(),
            limit => Assert.Contains($"`Pipeline__Calls__{limit.Name}`", Repository.Text("docs/operations.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void Containers_and_queues_are_those_of_the_code()
    {
        var storage = Repository.Text("infra/modules/storage.bicep");

        Assert.Equal([.. Containers.All.Order(StringComparer.Ordinal)], Named("containers", storage));
        Assert.Equal([.. Queues.All.Order(StringComparer.Ordinal)], Named("queues", storage));
        Assert.Contains($"${{name}}{Queues.PoisonSuffix}", storage, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Sources() =>
        from project in (string[])["EduFunctions.Pipeline", "EduFunctions.App"]
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", project), "*.cs", SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal)
        select File.ReadAllText(file);

    private static IEnumerable<string> Named(string list, string template) =>
        Quoted().Matches(Regex.Match(template, $@"var {list} = \[(.*?)\]").Groups[1].Value).Select(name => name.Groups[1].Value).Order(StringComparer.Ordinal);

    [GeneratedRegex("(?:configuration\\[|AddressOf\\(configuration, )\"([^\"]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex ReadSetting();

    [GeneratedRegex("TimerTrigger\\(\"%(\\w+)%\"\\)")]
    private static partial Regex TriggerSetting();

    [GeneratedRegex(@"^ {8}([A-Za-z]\w+): ", RegexOptions.Multiline)]
    private static partial Regex GivenSetting();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Quoted();
}
