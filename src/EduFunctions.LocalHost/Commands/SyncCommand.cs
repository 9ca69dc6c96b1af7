using System.CommandLine;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>sync</c>: one sync of a folder's tenants from start to receipt.</summary>
internal static class SyncCommand
{
    public static Command Create()
    {
        var tenants = Options.Tenants(required: true);
        var only = new Option<string[]>("--tenant") { Description = "Only this tenant; may be given several times." };
        var date = Options.Date();
        var dryRun = new Option<bool>("--dry-run") { Description = "Does everything but deliver. A plan that waits can no longer be answered then." };
        var acceptShrink = new Option<bool>("--accept-shrink") { Description = "Lets a pull much smaller than the one before pass this once." };
        var changed = new Option<bool>("--changed") { Description = "Pulls what has changed since the last pull alone, of tenants whose file says source.changes." };
        var acceptMisses = new Option<bool>("--accept-misses") { Description = "With --changed: begins anew after a full pull has found changes missing." };
        var total = new Option<bool>("--total") { Description = "Feeds that say what has changed say everything this once." };
        var output = Options.Out("Folder that also gets the feeds' files and the run records.");
        var storage = Options.Storage();
        var command = new Command("sync", "One sync of these tenants from start to receipt.")
        {
            tenants, only, date, dryRun, acceptShrink, changed, acceptMisses, total, output, storage,
        };
        var asker = AskerOptions.AddTo(command);
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            var by = parsed.GetValue(acceptShrink) ? asker.Ask(parsed) : asker.Of(parsed);
            var request = new RunRequest
            {
                Trigger = RunTrigger.CommandLine,
                Date = Options.Parse(parsed.GetValue(date)),
                DryRun = parsed.GetValue(dryRun),
                AcceptShrink = parsed.GetValue(acceptShrink),
                Changed = parsed.GetValue(changed),
                AcceptMisses = parsed.GetValue(acceptMisses),
                Total = parsed.GetValue(total),
                Reason = by.Reason,
                By = by.Name,
                Resume = true,
            };
            if (request is { AcceptMisses: true, Changed: false })
            {
                throw new CommandException(ExitCodes.BadConfiguration, "--accept-misses goes with --changed alone.");
            }

            if (parsed.GetValue(output) is { } folder)
            {
                PrivateFiles.Folder(folder.FullName);
            }

            await using var services = await CommandServices.OpenAsync(parsed.GetValue(storage), settings: null, ct);
            return await RunAsync(services, parsed.GetValue(tenants)!, parsed.GetValue(only) ?? [], request, parsed.GetValue(output), ct);
        }));
        return command;
    }

    public static async Task<int> RunAsync(
        CommandServices services, DirectoryInfo folder, IReadOnlyList<string> only, RunRequest request, DirectoryInfo? output, CancellationToken ct)
    {
        var files = await services.Get<TenantFiles>().PublishAsync(folder, new Asker(request.By, request.Reason), ct);
        RequireReason(files.Where(file => IsWanted(file, only)), request);
        var problems = files.Where(file => IsWanted(file, only)).SelectMany(file => file.Problems).ToList();
        foreach (var problem in problems)
        {
            await Console.Error.WriteLineAsync(problem);
        }

        var runner = services.Get<SyncRunner>();
        IReadOnlyList<SyncResult> results;
        using (new ProgressLines(services.Get<RunProgress>()))
        {
            results = await runner.RunAsync(Chosen(files, only, request.Changed), request, ct);
        }

        if (output is not null)
        {
            foreach (var result in results)
            {
                await runner.WriteAsync(result.Run, output, ct);
            }
        }

        await ResultTables.ShowAsync(services, results, output, ct);
        return ExitCodes.Of([.. results.Select(result => result.ExitCode), problems.Count > 0 ? ExitCodes.BadConfiguration : ExitCodes.Good]);
    }

    private static void RequireReason(IEnumerable<TenantFile> files, RunRequest request)
    {
        if (request is { AcceptShrink: true, Reason: null } && files.FirstOrDefault(file => file.Reading.Tenant?.RequiresReasons() == true) is { } strict)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{strict.Path}: {Asker.Lack}");
        }
    }

    private static bool IsWanted(TenantFile file, IReadOnlyList<string> only) => only.Count == 0 || (file.Id is { } id && only.Contains(id));

    /// <summary>The named tenants, or all that are enabled; those that are refused are run into their refusal.</summary>
    /// <param name="changed">Whether changes alone are wanted, which most sources do not tell.</param>
    private static List<string> Chosen(IReadOnlyList<TenantFile> files, IReadOnlyList<string> only, bool changed)
    {
        if (only.FirstOrDefault(id => files.All(file => file.Id != id)) is { } stranger)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"No tenant file gives the id \"{stranger}\".");
        }

        var chosen = files.Where(file => file.Id is not null && IsWanted(file, only) && (only.Count > 0 || file.Reading.Tenant?.Enabled != false)).ToList();
        if (changed && chosen.Count(file => file.Reading.Tenant?.Source.Changes == false) is > 0 and var without)
        {
            if (only.Count > 0 || without == chosen.Count)
            {
                throw new CommandException(
                    ExitCodes.BadConfiguration, $"{(only.Count > 0 ? "A tenant that is named" : "No tenant")} has a source that tells what has changed (source.changes). Sync without --changed.");
            }

            chosen.RemoveAll(file => file.Reading.Tenant?.Source.Changes == false);
        }

        return [.. chosen.Select(file => file.Id!).Distinct()];
    }
}
