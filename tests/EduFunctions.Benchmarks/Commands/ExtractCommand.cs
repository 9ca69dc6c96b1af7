using System.CommandLine;
using System.Net;
using EduFunctions.Benchmarks.Comparing;
using EduFunctions.Benchmarks.Extracting;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Pages;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Azurite;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace EduFunctions.Benchmarks.Commands;

/// <summary><c>extract</c>: the pull against a bare HttpClient loop over the same pages, with and without storing them.</summary>
internal static class ExtractCommand
{
    public static Command Create()
    {
        var persons = new Option<int>("--persons") { Description = "Persons of the invented municipality.", Required = true };
        var pageSize = new Option<int>("--pages-size") { Description = "Rows of a page.", DefaultValueFactory = _ => 1000 };
        var rounds = BenchmarkOptions.Rounds();
        var command = new Command("extract", "The pull against a bare HttpClient loop.") { persons, pageSize, rounds };
        command.SetAction((parsed, ct) => RunAsync(parsed.GetValue(persons), parsed.GetValue(pageSize), parsed.GetValue(rounds), ct));
        return command;
    }

    private static async Task RunAsync(int persons, int pageSize, int rounds, CancellationToken ct)
    {
        using var work = new WorkFolder(kept: null);
        var schools = new RememberedSchools(new SchoolWorld(new WorldOptions { Persons = persons, Today = PageFolder.Today }));
        await using var source = await EduCloudServer.StartAsync(schools, WithoutLookUp(), ct);
        await using var azurite = await AzuriteServer.StartAsync(work.Folder.FullName, ct: ct);
        await using var services = Services(azurite.ConnectionString);
        await services.GetRequiredService<BlobStorage>().CreateContainersAsync(ct);

        var arena = new ExtractArena(source, services, pageSize);
        var medians = await Interleaved.MediansAsync(
            [
                ("bare loop", _ => arena.LoopAsync(ct)),
                ("bare loop, storing", round => arena.LoopAndStoreAsync(round, ct)),
                ("ours", round => arena.PullAsync(round, ct)),
            ],
            rounds);
        Show(medians, Collections.All.Sum(schools.Count));
    }

    /// <summary>The simulated look-up walks through all persons, which would be all that is measured.</summary>
    public static EduCloudHabits WithoutLookUp() => new()
    {
        Fault = request => request.Collection == "persons/lookup" ? new Fault.Status((int)HttpStatusCode.Forbidden) : null,
    };

    private static ServiceProvider Services(string storage) => new ServiceCollection()
        .AddLogging()
        .AddRosterPipeline(new ConfigurationBuilder().AddInMemoryCollection([new("AzureWebJobsStorage", storage)]).Build())
        .BuildServiceProvider();

    private static void Show(IReadOnlyDictionary<string, TimeSpan> medians, int rows)
    {
        var table = Tables.New($"{rows:N0} rows, medians", "", "wall s", "rows/s", "speed of ours / its");
        foreach (var (name, wall) in medians)
        {
            table.AddRow(name, Tables.Seconds(wall), $"{rows / wall.TotalSeconds:N0}", $"{wall / medians["ours"]:0.00}");
        }

        AnsiConsole.Write(table);
    }
}
