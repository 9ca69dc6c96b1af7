using System.CommandLine;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>approve</c>: lets through exactly the plan that a held run showed.</summary>
internal static class ApproveCommand
{
    private const int Shortest = 8;

    public static Command Create()
    {
        var tenant = Options.Tenant();
        var run = Options.Run("The held run.");
        var plan = new Option<string>("--plan") { Description = "Hash of the plan as the run showed it; its first eight characters are enough.", Required = true };
        var storage = Options.Storage();
        var command = new Command("approve", "Lets through exactly the plan that a held run showed.") { tenant, run, plan, storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenAsync(parsed.GetValue(storage), settings: null, ct);
            return await RunAsync(services, parsed.GetValue(tenant)!, Options.Checked(parsed.GetValue(run)!), parsed.GetValue(plan)!, ct);
        }));
        return command;
    }

    private static async Task<int> RunAsync(CommandServices services, string tenant, string run, string plan, CancellationToken ct)
    {
        var answer = await services.Get<Approvals>().ApproveAsync(tenant, run, await WholeAsync(services.Get<RunStore>(), tenant, run, plan, ct), ct);
        return answer.Refusal is { } refusal
            ? throw new CommandException(answer.IsKnown ? ExitCodes.Held : ExitCodes.BadConfiguration, refusal)
            : await CarryOn.RunAsync(services, tenant, run, answer.Next, ct);
    }

    /// <summary>The run's one plan that begins so; what begins no plan, or several, stays as it was given, to be refused.</summary>
    private static async Task<string> WholeAsync(RunStore runs, string tenant, string run, string plan, CancellationToken ct)
    {
        var hashes = (await runs.FindAsync(tenant, run, ct))?.Feeds.Select(feed => feed.Plan?.Hash).OfType<string>().Distinct() ?? [];
        return plan.Length >= Shortest && hashes.Where(hash => hash.StartsWith(plan, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? only : plan;
    }
}
