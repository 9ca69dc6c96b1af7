using System.CommandLine;
using System.Text.Json;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
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
                ? await services.Get<PersonPurge>().RunAsync(id, Findable(text), isDryRun, by, ct)
                : await PurgeAsync(services, settings, isDryRun, by, ct);
            Console.WriteLine(JsonSerializer.Serialize(done, Serialization.Indented));
            return ExitCodes.Good;
        }));
        return command;
    }

    /// <summary>What is removed cannot be brought back: an id has to be one that means nobody else.</summary>
    private static EntityId Findable(string person) => Options.Person(person) is var id && PersonPurge.CanFind(person, id)
        ? id
        : throw new CommandException(ExitCodes.BadConfiguration, $"\"{person}\" is no id that can be searched for: a uuid, or a user id of 6 to 15 characters.");

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
