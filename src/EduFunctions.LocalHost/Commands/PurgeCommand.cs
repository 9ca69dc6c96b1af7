using System.CommandLine;
using System.Text.Json;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Retention;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>purge</c>: deletes what is kept for too long, or one person everywhere.</summary>
internal static class PurgeCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var person = new Option<string?>("--person") { Description = "Id of the person to take out of everything; without it, what has been kept for too long goes." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only lists what would go." };
        var storage = Options.Storage();
        var command = new Command("purge", "Deletes what a tenant no longer needs, or one person everywhere; prints what was done.") { tenant, person, dryRun, storage };
        var asker = AskerOptions.AddTo(command);
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            var (isDryRun, isPerson) = (parsed.GetValue(dryRun), parsed.GetValue(person) is not null);
            var by = isPerson && !isDryRun ? asker.Ask(parsed) : asker.Of(parsed);
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var id = parsed.GetValue(tenant)!;
            var settings = await ReadAsync(services, id, ct);
            if (isPerson && !isDryRun && by.Reason is null && settings.RequiresReasons())
            {
                throw new CommandException(ExitCodes.BadConfiguration, Asker.Lack);
            }

            object done = parsed.GetValue(person) is { } text
                ? await PurgeAsync(services, id, text, isDryRun, by, ct)
                : await PurgeAsync(services, settings, isDryRun, by, ct);
            Console.WriteLine(JsonSerializer.Serialize(done, Serialization.Indented));
            return ExitCodes.Good;
        }));
        return command;
    }

    private static async Task<PurgeProtocol> PurgeAsync(CommandServices services, string tenant, string person, bool isDryRun, Asker by, CancellationToken ct)
    {
        _ = Options.Person(person);
        var done = await services.Get<PersonPurge>().RunAsync(tenant, person, isDryRun, by, ct)
            ?? throw new CommandException(ExitCodes.BadConfiguration, UnknownPerson.Sentence(tenant, purged: null));
        if (done.PurgedBefore is { } before)
        {
            Console.Error.WriteLine(UnknownPerson.Sentence(tenant, before));
        }
        else if (done is { Removed: [], Kept: [] } && done.Rewritten.All(blob => blob.Blob.StartsWith($"state/{tenant}/acts/", StringComparison.Ordinal)))
        {
            Console.Error.WriteLine("Nothing but records of who did what has this id: make sure that it is the right one.");
        }

        return done;
    }

    private static async Task<Tenant> ReadAsync(CommandServices services, string tenant, CancellationToken ct)
    {
        try
        {
            return await services.Get<TenantStore>().ReadSettingsAsync(tenant, ct);
        }
        catch (TenantRefusedException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, e.Message);
        }
    }

    private static async Task<object> PurgeAsync(CommandServices services, Tenant tenant, bool isDryRun, Asker by, CancellationToken ct)
    {
        var retaining = services.Get<Retaining>();
        var due = await retaining.FindAsync(tenant.Id, tenant.Privacy, ct);
        if (!isDryRun && due.Count > 0)
        {
            await services.Get<ActLog>().WriteAsync(new Act { Tenant = tenant.Id, Kind = ActKind.Purge, By = by.Name, Reason = by.Reason, What = ["retention"] }, ct);
            await retaining.DeleteAsync(due, ct);
        }

        return new { Tenant = tenant.Id, Removed = due };
    }
}
