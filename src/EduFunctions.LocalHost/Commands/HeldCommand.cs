using System.CommandLine;
using Azure.Identity;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>held</c>: every plan that waits for an operator, whosever it is, in the form in which <c>approve --file</c> reads them.</summary>
internal static class HeldCommand
{
    public static Command Create()
    {
        var storage = Options.Storage();
        var command = new Command("held", "Every plan that waits for an answer, of all tenants, one a line; delete lines and give the rest to approve --file.") { storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAllAsync(parsed.GetValue(storage), ct);
            var codes = new List<int>();
            foreach (var tenant in await services.Get<TenantStore>().ListAsync(ct))
            {
                codes.Add(await TryShowAsync(services, tenant, ct));
            }

            return ExitCodes.Of(codes);
        }));
        return command;
    }

    /// <summary>One tenant's trouble is told, and keeps no other's plans back.</summary>
    private static async Task<int> TryShowAsync(CommandServices services, string tenant, CancellationToken ct)
    {
        try
        {
            await ShowAsync(services, tenant, ct);
            return ExitCodes.Good;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is not AuthenticationFailedException)
        {
            await Console.Error.WriteLineAsync($"{tenant}: {Problem.Describe(e)}");
            return ExitCodes.Failed;
        }
    }

    private static async Task ShowAsync(CommandServices services, string tenant, CancellationToken ct)
    {
        var run = await services.Get<RunStore>().FindStandingAsync(tenant, ct);
        if (run is { IsUnreadable: true })
        {
            throw new StageFailedException(run.StateReason!);
        }

        if (run is not { DryRun: false })
        {
            return;
        }

        if (run is { State: RunState.Held, IsAsking: false })
        {
            Console.WriteLine(PlanList.Remark(run, run.StateReason ?? ""));
        }

        foreach (var feed in (run.IsAsking ? await services.NamedAsync(run, ct) : run).Feeds.Where(feed => feed.IsAsking))
        {
            // What nobody can let through any more is told, and is nothing to approve.
            var why = await services.Get<Approvals>().FindVoidAsync(run, feed, ct);
            Console.WriteLine(why is null ? PlanList.Line(run, feed) : PlanList.Remark(run, feed, why));
        }
    }
}
