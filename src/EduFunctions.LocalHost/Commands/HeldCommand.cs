using System.CommandLine;
using EduFunctions.Pipeline.Runs;
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
            await using var services = await CommandServices.OpenAsync(parsed.GetValue(storage), settings: null, ct);
            foreach (var tenant in await services.Get<TenantStore>().ListAsync(ct))
            {
                await ShowAsync(services, tenant, ct);
            }

            return ExitCodes.Good;
        }));
        return command;
    }

    private static async Task ShowAsync(CommandServices services, string tenant, CancellationToken ct)
    {
        var runs = services.Get<RunStore>();
        var run = await runs.FindNewestAsync(tenant, ct) is { } newest ? await runs.ShowAsync(tenant, newest, ct) : null;
        if (run is not { DryRun: false } || !run.Feeds.Any(feed => feed.IsAsking))
        {
            return;
        }

        foreach (var feed in (await services.NamedAsync(run, ct)).Feeds.Where(feed => feed.IsAsking))
        {
            Console.WriteLine(PlanList.Line(run, feed));
        }
    }
}
