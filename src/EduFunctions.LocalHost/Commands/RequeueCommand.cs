using System.CommandLine;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>requeue</c>: goes on with a run whose message failed for good.</summary>
internal static class RequeueCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var run = Options.Run("The failed run.");
        var storage = Options.Storage();
        var command = new Command("requeue", "Goes on with a run whose message failed for good, when the cause is gone.") { tenant, run, storage };
        var asker = AskerOptions.AddTo(command);
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var failed = await services.RunAsync(parsed.GetValue(tenant)!, parsed.GetValue(run)!, ct);
            return await RunAsync(services, parsed.GetValue(tenant)!, failed, asker.Of(parsed), ct);
        }));
        return command;
    }

    private static async Task<int> RunAsync(CommandServices services, string tenant, string run, Asker by, CancellationToken ct)
    {
        var answer = await services.Get<Requeueing>().RequeueAsync(tenant, run, by, ct);
        return answer.Refusal is { } refusal
            ? throw new CommandException(answer.IsKnown ? ExitCodes.Held : ExitCodes.BadConfiguration, refusal)
            : await CarryOn.RunAsync(services, tenant, run, answer.Next, ct);
    }
}
