using System.CommandLine;
using System.Text.Json;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>rebaseline</c>: makes known again what a target has been given.</summary>
internal static class RebaselineCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var feed = new Option<string>("--feed") { Description = "Name of the feed.", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only shows what would be known, and which blobs would be written." };
        var storage = Options.Storage();
        var command = new Command("rebaseline", "Makes known again, from receipts, kept files and snapshots, what a target has been given.") { tenant, feed, dryRun, storage };
        var asker = AskerOptions.AddTo(command);
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            var by = parsed.GetValue(dryRun) ? asker.Of(parsed) : asker.Ask(parsed);
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var result = await RunAsync(services, parsed.GetValue(tenant)!, parsed.GetValue(feed)!, parsed.GetValue(dryRun), by, ct);
            Console.WriteLine(JsonSerializer.Serialize(result, Serialization.Indented));
            return result.Refusal is { } refusal ? throw new CommandException(ExitCodes.Held, refusal) : ExitCodes.Good;
        }));
        return command;
    }

    private static async Task<RebaselineResult> RunAsync(CommandServices services, string tenant, string feed, bool isDryRun, Asker by, CancellationToken ct)
    {
        try
        {
            return await services.Get<Rebaselining>().RunAsync((await services.Get<TenantStore>().ReadAsync(tenant, ct)).Tenant, feed, isDryRun, by, ct);
        }
        catch (TenantRefusedException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, e.Message);
        }
    }
}
