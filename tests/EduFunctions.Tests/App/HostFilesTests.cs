using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.App;

[Trait(Level.Name, Level.Fast)]
public sealed partial class HostFilesTests
{
    private const string Project = "src/EduFunctions.App/EduFunctions.App.csproj";

    private static readonly JsonElement Host = Repository.Json("host.json");
    private static readonly JsonElement QueueSettings = Host.GetProperty("extensions").GetProperty("queues");

    [Fact]
    public void Messages_are_read_as_every_host_writes_them() =>
        Assert.Equal("base64", QueueSettings.GetProperty("messageEncoding").GetString());

    [Theory]
    [InlineData("visibilityTimeout", "00:00:30")]
    [InlineData("maxPollingInterval", "00:00:02")]
    [InlineData("batchSize", "2")]
    [InlineData("newBatchThreshold", "1")]
    public void What_the_handbook_promises_of_the_queues_is_set(string name, string value) =>
        Assert.Equal(value, QueueSettings.GetProperty(name).ToString());

    [Fact]
    public void Addresses_stay_out_of_the_hosts_log() => Assert.All(
        ["Azure", "Microsoft.AspNetCore", "System.Net.Http"],
        category => Assert.Equal("Warning", Host.GetProperty("logging").GetProperty("logLevel").GetProperty(category).GetString()));

    [Fact]
    public void A_message_is_poison_after_five_tries() =>
        Assert.Equal(5, QueueSettings.GetProperty("maxDequeueCount").GetInt32());

    [Fact]
    public void A_slice_ends_well_before_its_function_is_stopped()
    {
        var timeout = TimeSpan.Parse(Host.GetProperty("functionTimeout").GetString()!, CultureInfo.InvariantCulture);

        Assert.Equal(TimeSpan.FromMinutes(10), timeout);
        Assert.True(new PipelineOptions().SliceLength <= timeout / 2);
    }

    [Fact]
    public void What_an_instance_does_at_once_fits_into_its_memory()
    {
        var atOnce = QueueSettings.GetProperty("batchSize").GetInt32() + QueueSettings.GetProperty("newBatchThreshold").GetInt32();
        var memory = int.Parse(InstanceMemory().Match(Repository.Text("infra/modules/functionApp.bicep")).Groups[1].Value, CultureInfo.InvariantCulture);

        // A call needs up to 1 GB; the host wants its share too.
        Assert.True((atOnce + 1) * 1024 <= memory, $"{atOnce} calls at once and {memory} MB");
    }

    [Fact]
    public void The_host_and_the_worker_speak_the_same_telemetry() =>
        Assert.Equal("OpenTelemetry", Host.GetProperty("telemetryMode").GetString());

    [Fact]
    public void The_one_host_file_goes_along_with_the_app()
    {
        var link = Repository.Xml(Project).Descendants("None").Single(item => item.Attribute("Link")?.Value == "host.json");

        Assert.Equal("../../host.json", link.Attribute("Include")!.Value);
        Assert.Equal("PreserveNewest", link.Attribute("CopyToOutputDirectory")!.Value);
        Assert.Equal("PreserveNewest", link.Attribute("CopyToPublishDirectory")!.Value);
    }

    [Fact]
    public void Every_package_of_the_app_has_its_version_in_the_central_file()
    {
        var known = Repository.Xml("Directory.Packages.props").Descendants("PackageVersion").Select(item => item.Attribute("Include")!.Value).ToHashSet();

        Assert.All(Repository.Xml(Project).Descendants("PackageReference"), item =>
        {
            Assert.Contains(item.Attribute("Include")!.Value, known);
            Assert.Null(item.Attribute("Version"));
        });
    }

    [Fact]
    public void The_solution_builds_the_app()
    {
        var solution = Repository.Text("EduFunctions.sln");
        var id = ProjectId().Match(solution).Groups[1].Value;

        Assert.Contains($"{id}.Debug|Any CPU.Build.0", solution, StringComparison.Ordinal);
        Assert.Contains($"{id}.Release|Any CPU.Build.0", solution, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage", "UseDevelopmentStorage=true")]
    [InlineData("FUNCTIONS_WORKER_RUNTIME", "dotnet-isolated")]
    [InlineData("NightlySchedule", "0 30 * * * *")]
    [InlineData("ChangesSchedule", "0 50 * * * *")]
    [InlineData("WatchSchedule", "0 10 * * * *")]
    [InlineData("NightlyHour", "19")]
    [InlineData("NightlyTimeZone", "Europe/Stockholm")]
    public void The_sample_settings_suit_a_machine_of_ones_own(string name, string value) =>
        Assert.Equal(value, Repository.Json("local.settings.sample.json").GetProperty("Values").GetProperty(name).GetString());

    [Fact]
    public void The_list_to_try_in_Azure_knows_how_many_functions_there_are() =>
        Assert.Contains($"--query 'length(@)'` | {AppTriggers.All.Count} |", Repository.Text("docs/azure.md"), StringComparison.Ordinal);

    [GeneratedRegex(@"instanceMemoryMB: (\d+)")]
    private static partial Regex InstanceMemory();

    [GeneratedRegex("EduFunctions\\.App\\.csproj\", \"(\\{[0-9A-F-]+\\})\"")]
    private static partial Regex ProjectId();
}
