using System.CommandLine;
using EduFunctions.LocalHost.Demo;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>demo</c>: the main job with no set-up at all, over invented schools.</summary>
internal static class DemoCommand
{
    private const string OutputFolder = "out/demo";

    public static Command Create()
    {
        var storage = Options.Storage();
        var command = new Command("demo", "The main job with no set-up at all: invented school owners, Swedish and Danish, synced to every kind of target.") { storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await Console.Error.WriteLineAsync("Starting invented school registers and the systems that are fed; the first time some packages are fetched.");
            await using var town = await StartTownAsync(ct);
            await using var services = await CommandServices.OpenAsync(parsed.GetValue(storage), town.Settings, ct);
            var request = new RunRequest { Trigger = RunTrigger.CommandLine, Reason = "demo", Resume = true };
            var exitCode = await SyncCommand.RunAsync(services, town.Tenants, [], request, new DirectoryInfo(OutputFolder), ct);
            return UnikumTable.Show(town.ImportIntoUnikum()) ? exitCode : ExitCodes.Failed;
        }));
        return command;
    }

    private static async Task<DemoTown> StartTownAsync(CancellationToken ct)
    {
        try
        {
            return await DemoTown.StartAsync(DateOnly.FromDateTime(DateTime.UtcNow), ct);
        }
        catch (InvalidOperationException e)
        {
            throw new CommandException(ExitCodes.Failed, $"The demo's servers could not be started: {e.Message}");
        }
    }
}
