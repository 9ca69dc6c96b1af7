using System.CommandLine;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>drift</c>: what a target has against what it was given.</summary>
internal static class DriftCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var feed = new Option<string>("--feed") { Description = "Name of the feed.", Required = true };
        var storage = Options.Storage();
        var command = new Command("drift", "Compares what a target has with what it was given last. Changes nothing.") { tenant, feed, storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var result = await RunAsync(services, parsed.GetValue(tenant)!, parsed.GetValue(feed)!, ct);
            Console.WriteLine(JsonSerializer.Serialize(result, Serialization.Indented));
            return result.Refusal is { } refusal ? throw new CommandException(ExitCodes.Held, refusal) : result.Drift.Count == 0 ? ExitCodes.Good : ExitCodes.Failed;
        }));
        return command;
    }

    private static async Task<DriftResult> RunAsync(CommandServices services, string tenant, string feed, CancellationToken ct)
    {
        try
        {
            return await services.Get<Drifting>().RunAsync((await services.Get<TenantStore>().ReadAsync(tenant, ct)).Tenant, feed, ct);
        }
        catch (TenantRefusedException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, e.Message);
        }
    }
}
