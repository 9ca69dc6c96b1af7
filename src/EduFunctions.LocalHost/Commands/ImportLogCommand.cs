using System.CommandLine;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>import-log</c>: what a target says of a delivery, from a file that its administrator has downloaded there.</summary>
internal static class ImportLogCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("file") { Description = "The log, as it was downloaded." };
        var tenant = Options.Tenant();
        var feed = new Option<string>("--feed") { Description = "Name of the feed.", Required = true };
        var run = new Option<string?>("--run") { Description = "The run that was delivered; default the feed's last delivery." };
        var storage = Options.Storage();
        var command = new Command("import-log", "Reads a target's own log of a delivery; what it refused is told among the run's findings.") { file, tenant, feed, run, storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var (path, name) = (parsed.GetValue(file)!, parsed.GetValue(run));
            var log = await ReadAsync(services, parsed.GetValue(tenant)!, parsed.GetValue(feed)!, name is null ? null : Options.Checked(name), path, ct);
            Console.WriteLine(JsonSerializer.Serialize(log, Serialization.Indented));
            return log.Refused.Count == 0 ? ExitCodes.Good : ExitCodes.Failed;
        }));
        return command;
    }

    private static async Task<ImportedLog> ReadAsync(CommandServices services, string tenant, string feed, string? run, FileInfo file, CancellationToken ct)
    {
        try
        {
            await using var content = Directory.Exists(file.FullName)
                ? throw new CommandException(ExitCodes.BadConfiguration, $"{file} is a folder. Name the log in it.")
                : file.OpenRead();
            return await services.Get<TargetLogs>().ImportAsync((await services.Get<TenantStore>().ReadAsync(tenant, ct)).Tenant, feed, run, content, ct);
        }
        catch (Exception e) when (e is TenantRefusedException or RunHeldException)
        {
            throw new CommandException(ExitCodes.BadConfiguration, e.Message);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{file.Name} cannot be read: {e.Message}");
        }
    }
}
