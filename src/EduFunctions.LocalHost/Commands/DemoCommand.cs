using System.CommandLine;
using EduFunctions.LocalHost.Demo;
using EduFunctions.LocalHost.Local;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Node;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>demo</c>: the main job with no set-up at all, over invented schools.</summary>
internal static class DemoCommand
{
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
            var page = parsed.GetValue(serve) ? await PageAsync(parsed.GetValue(urls)!, parsed.GetResult(urls) is { Implicit: false }) : null;
            using var place = DemoPlace.Take();
            await using var town = await StartTownAsync(place.Town, ct);
            await using var services = await CommandServices.OpenAsync(await LocalStorage.OpenAsync(parsed.GetValue(storage), place.Storage, ct), town.Settings, ct);
            await DemoBeginning.ForgetAsync(services.Get<BlobStorage>(), [.. town.Tenants.EnumerateFiles("*.json").Select(file => Path.GetFileNameWithoutExtension(file.Name))], ct);
            var exitCode = await SyncCommand.RunAsync(services, town.Tenants, [], Night, new DirectoryInfo(place.Output), ct);
            exitCode = UnikumTable.Show(town.ImportIntoUnikum()) ? exitCode : ExitCodes.Failed;
            return page is not null ? await ServeAsync(services, town, place, page, ct) : Ended(exitCode, place);
        }));
        return command;
    }

    /// <summary>Where the page will be: told before all the work is done when it cannot be there. Who named no address is given a free one.</summary>
    private static async Task<string> PageAsync(string urls, bool isNamed)
    {
        if (isNamed)
        {
            ServeCommand.RequireAddresses(urls);
        }

        if (Listening.FindTaken(urls) is not { } taken)
        {
            return urls;
        }

        if (isNamed)
        {
            throw new CommandException(ExitCodes.BadConfiguration, Listening.Taken(taken));
        }

        var free = $"http://127.0.0.1:{FreePort.Find()}";
        await Console.Error.WriteLineAsync($"Something listens at {taken} already: the status page will be at {free}.");
        return free;
    }

    /// <summary>What to do after it.</summary>
    private static int Ended(int exitCode, DemoPlace place)
    {
        Console.WriteLine(
            $"""

            The files lie in {place.Output}; the runs in the storage. Next:
              runs --tenant nordhamn{Storage(place),-24}what became of its nights
              demo --serve                                  the same with the status page, and something to release
              init --from nordhamn tenants/my-town.json     a tenant file of your own to fill in
            """);
        return exitCode;
    }

    /// <summary>One night more, in which a school loses half of its pupils; then the page, until stopped.</summary>
    private static async Task<int> ServeAsync(CommandServices services, DemoTown town, DemoPlace place, string urls, CancellationToken ct)
    {
        town.LoseHalfOfThePupils();
        await SyncCommand.RunAsync(services, town.Tenants, [DemoTown.Losing], Night, output: null, ct);
        var run = await services.Get<RunStore>().FindNewestAsync(DemoTown.Losing, ct);
        var kept = await DemoPerson.FindKeptAsync(services.Get<People>(), DemoTown.Losing, town.Left, ct);
        Console.WriteLine(
            $"""

            {DemoTown.Losing} has lost half of its pupils in this night, so they are held: look at the plan and release it at
              {urls.Split(';')[0]}/tenants/{DemoTown.Losing}/runs/{run}
            Why is somebody missing, or there still? Ask by name or id at {urls.Split(';')[0]}/tenants/{DemoTown.Losing} for
              {kept}
                has left in the register, and is kept at the targets until somebody approves the plan
              {town.Protected.First()}
                is protected: handed on to nobody, and found by name by whoever may look for protected persons
            A tenant of your own over these schools, in a second terminal (docs/tutorial.md):
              init --from {place.Town}/nordhamn.json tenants/my-town.json
            """);
        if (!place.IsFirst)
        {
            Console.WriteLine($"Another demo is at work in this folder: commands find this one's nights with{Storage(place)}");
        }

        return await ServeCommand.RunAsync(services.Storage, urls, tenants: null, town.Settings, ct);
    }

    private static string Storage(DemoPlace place) => place.IsFirst ? "" : $" --storage {place.Storage}";

    private static async Task<DemoTown> StartTownAsync(string folder, CancellationToken ct)
    {
        try
        {
            await NodeTools.InstallAsync(Console.Error.WriteLine, ct);
            await Console.Error.WriteLineAsync("Starting invented school registers and the systems that are fed …");
            return await DemoTown.StartAsync(DateOnly.FromDateTime(DateTime.UtcNow), folder, ct);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandException(ExitCodes.Failed, $"The demo's servers could not be started: {e.Message}");
        }
    }
}
