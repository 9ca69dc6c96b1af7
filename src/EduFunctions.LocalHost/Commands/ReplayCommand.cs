using System.CommandLine;
using System.Text.Json;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>replay</c>: transform and feeds on a stored snapshot, with other rules or on another day; never delivers.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var run = Options.Run("The run whose snapshot is taken.");
        var date = Options.Date();
        var config = new Option<string?>("--config") { Description = "A tenant file to use in place of the stored one." };
        var output = Options.Out("Folder that gets the feeds' files.");
        var storage = Options.Storage();
        var command = new Command("replay", "What a stored snapshot comes to with other rules or on another day; never delivers.")
        {
            tenant, run, date, config, output, storage,
        };
        var asker = AskerOptions.AddTo(command);
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            var day = Options.Parse(parsed.GetValue(date));
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var settings = await ReadTenantAsync(services, parsed.GetValue(tenant)!, parsed.GetValue(config), ct);
            var name = await services.RunAsync(settings.Id, parsed.GetValue(run)!, ct);
            if (parsed.GetValue(output) is not null)
            {
                await services.Get<ActLog>().WriteAsync(Downloaded(settings.Id, name, asker.Of(parsed)), ct);
            }

            var result = await RunAsync(services, settings, name, day, parsed.GetValue(output), ct);
            Console.WriteLine(JsonSerializer.Serialize(result, Serialization.Indented));
            return ExitCodes.Good;
        }));
        return command;
    }

    /// <summary>The files name people: who has taken them stands in the record.</summary>
    private static Act Downloaded(string tenant, string run, Asker by) =>
        new() { Tenant = tenant, Kind = ActKind.Download, By = by.Name, Reason = by.Reason, Run = run, What = ["replay"] };

    private static async Task<Tenant> ReadTenantAsync(CommandServices services, string id, string? path, CancellationToken ct)
    {
        try
        {
            if (path is null)
            {
                return (await services.Get<TenantStore>().ReadAsync(id, ct)).Tenant;
            }
        }
        catch (TenantRefusedException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, e.Message);
        }

        var file = await TenantFile.ReadAsync(path, services.Get<TenantReader>(), ct);
        return file.Reading.Tenant is { } tenant && tenant.Id == id
            ? tenant
            : throw new CommandException(
                ExitCodes.BadConfiguration, string.Join(Environment.NewLine, file.Problems.DefaultIfEmpty($"{path}: the id is \"{file.Id}\", not \"{id}\"")));
    }

    private static async Task<ReplayResult> RunAsync(
        CommandServices services, Tenant tenant, string run, DateOnly? date, DirectoryInfo? output, CancellationToken ct)
    {
        try
        {
            return await services.Get<Replay>().RunAsync(tenant, run, date, (feed, files) => Write(output, feed, files), ct);
        }
        catch (RunHeldException e)
        {
            throw new CommandException(ExitCodes.Held, e.Message);
        }
    }

    private static void Write(DirectoryInfo? output, string feed, FeedFiles files)
    {
        foreach (var name in output is null ? [] : files.Names)
        {
            using var target = PrivateFiles.Create(Path.Combine(PrivateFiles.Folder(PrivateFiles.Folder(output!.FullName), feed), name));
            files.Open(name).CopyTo(target);
        }
    }
}
