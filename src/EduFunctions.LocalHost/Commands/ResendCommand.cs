using System.CommandLine;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>resend</c>: delivers the roster of an earlier run again, as a new run through plan and guard.</summary>
internal static class ResendCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var run = Options.Run("The run whose roster is delivered again.");
        var force = new Option<bool>("--force") { Description = "Sends also what equals the last delivery." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Does everything but deliver. A plan that waits can no longer be answered then." };
        var storage = Options.Storage();
        var command = new Command("resend", "Delivers the roster of an earlier run again, as a new run through plan and guard.") { tenant, run, force, dryRun, storage };
        var asker = AskerOptions.AddTo(command);
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var earlier = await services.RunAsync(parsed.GetValue(tenant)!, parsed.GetValue(run)!, ct);
            return await RunAsync(services, parsed.GetValue(tenant)!, earlier, parsed.GetValue(force), parsed.GetValue(dryRun), asker.Of(parsed), ct);
        }));
        return command;
    }

    private static async Task<int> RunAsync(
        CommandServices services, string tenant, string run, bool force, bool dryRun, Asker by, CancellationToken ct)
    {
        var earlier = await services.Get<RunStore>().FindAsync(tenant, run, ct)
            ?? throw new CommandException(ExitCodes.BadConfiguration, $"Tenant {tenant} has no run {run}.");
        var request = new RunRequest
        {
            Trigger = RunTrigger.CommandLine,
            Date = earlier.Date,
            DryRun = dryRun,
            Resends = run,
            Force = force,
            Reason = by.Reason,
            By = by.Name,
            Resume = true,
        };
        IReadOnlyList<SyncResult> results;
        using (new ProgressLines(services.Get<RunProgress>()))
        {
            results = await services.Get<SyncRunner>().RunAsync([tenant], request, ct);
        }

        await ResultTables.ShowAsync(services, results, output: null, ct);
        return ExitCodes.Of([.. results.Select(result => result.ExitCode)]);
    }
}
