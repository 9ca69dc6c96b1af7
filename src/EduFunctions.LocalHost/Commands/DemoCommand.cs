using System.CommandLine;
using EduFunctions.LocalHost.Demo;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>demo</c>: the main job with no set-up at all, over invented schools.</summary>
internal static class DemoCommand
{
    private const string OutputFolder = "out/demo";
    private const string TownFolder = $"{OutputFolder}/town";

    private static readonly RunRequest Night = new() { Trigger = RunTrigger.CommandLine, Reason = "demo", Resume = true };

    public static Command Create()
    {
        var serve = new Option<bool>("--serve") { Description = "Stays up with the status page: a plan to release, a person to ask for." };
        var urls = Options.Urls();
        var storage = Options.Storage();
        var command = new Command("demo", "The main job with no set-up at all: invented school owners, Swedish and Danish, synced to every kind of target.")
        {
            serve, urls, storage,
        };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await Console.Error.WriteLineAsync("Starting invented school registers and the systems that are fed; the first time some packages are fetched.");
            await using var town = await StartTownAsync(ct);
            await using var services = await CommandServices.OpenAsync(parsed.GetValue(storage), town.Settings, ct);
            await DemoBeginning.ForgetAsync(services.Get<BlobStorage>(), [.. town.Tenants.EnumerateFiles("*.json").Select(file => Path.GetFileNameWithoutExtension(file.Name))], ct);
            var exitCode = await SyncCommand.RunAsync(services, town.Tenants, [], Night, new DirectoryInfo(OutputFolder), ct);
            exitCode = UnikumTable.Show(town.ImportIntoUnikum()) ? exitCode : ExitCodes.Failed;
            return parsed.GetValue(serve) ? await ServeAsync(services, town, parsed.GetValue(urls)!, ct) : Ended(exitCode);
        }));
        return command;
    }

    /// <summary>What to do after it.</summary>
    private static int Ended(int exitCode)
    {
        Console.WriteLine(
            $"""

            The files lie in {OutputFolder}; the runs in the storage. Next:
              runs --tenant nordhamn                        what became of its nights
              demo --serve                                  the same with the status page, and something to release
              init --from nordhamn tenants/my-town.json     a tenant file of your own to fill in
            """);
        return exitCode;
    }

    /// <summary>One night more, in which a school loses half of its pupils; then the page, until stopped.</summary>
    private static async Task<int> ServeAsync(CommandServices services, DemoTown town, string urls, CancellationToken ct)
    {
        town.LoseHalfOfThePupils();
        await SyncCommand.RunAsync(services, town.Tenants, [DemoTown.Losing], Night, output: null, ct);
        var run = await services.Get<RunStore>().FindNewestAsync(DemoTown.Losing, ct);
        Console.WriteLine(
            $"""

            {DemoTown.Losing} has lost half of its pupils in this night, so they are held: look at the plan and release it at
              {urls.Split(';')[0]}/tenants/{DemoTown.Losing}/runs/{run}
            Why is somebody missing? Ask at {urls.Split(';')[0]}/tenants/{DemoTown.Losing} for
              {town.Lost}
            A tenant of your own over these schools, in a second terminal (docs/tutorial.md):
              init --from {TownFolder}/nordhamn.json tenants/my-town.json
            """);
        return await ServeCommand.RunAsync(services.Storage, urls, tenants: null, town.Settings, ct);
    }

    private static async Task<DemoTown> StartTownAsync(CancellationToken ct)
    {
        try
        {
            return await DemoTown.StartAsync(DateOnly.FromDateTime(DateTime.UtcNow), TownFolder, ct);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandException(ExitCodes.Failed, $"The demo's servers could not be started: {e.Message}");
        }
    }
}
