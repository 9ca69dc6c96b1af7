using System.CommandLine;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>approve</c>: lets through exactly the plan that a held run showed.</summary>
internal static class ApproveCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var run = Options.Run("The held run.");
        var plan = new Option<string>("--plan") { Description = "Hash of the plan as the run showed it.", Required = true };
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
        var answer = await services.Get<Approvals>().ApproveAsync(tenant, run, plan, ct);
        return answer.Refusal is { } refusal
            ? throw new CommandException(answer.IsKnown ? ExitCodes.Held : ExitCodes.BadConfiguration, refusal)
            : await CarryOn.RunAsync(services, tenant, run, answer.Next, ct);
    }
}
