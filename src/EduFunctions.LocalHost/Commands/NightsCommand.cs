using System.CommandLine;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>night</c>: tonight for every tenant that has not had one. For whatever scheduler there is, beside a timer or in its place.</summary>
internal static class NightsCommand
{
    public static Command Create()
    {
        var storage = Options.Storage();
        var command = new Command("night", "Begins the night of every tenant that has had none in the last twelve hours, and sees it through; as often as one likes.") { storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAllAsync(parsed.GetValue(storage), ct);
            return await RunAsync(services, ct);
        }));
        return command;
    }

    private static async Task<int> RunAsync(CommandServices services, CancellationToken ct)
    {
        IReadOnlyList<SyncResult> results;
        using (new ProgressLines(services.Get<RunProgress>()))
        {
            results = await services.Get<SyncRunner>().NightAsync(ct);
        }

        if (results.Count == 0)
        {
            Console.WriteLine("Every tenant has had its night.");
            return ExitCodes.Good;
        }

        await ResultTables.ShowAsync(services, results, output: null, ct);
        return ExitCodes.Of([.. results.Select(result => result.ExitCode)]);
    }
}
