using System.CommandLine;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>explain</c>: why a person is, or is not, handed on.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var person = new Option<string>("--person") { Description = "The person's id at the source.", Required = true };
        var run = new Option<string?>("--run") { Description = "The run; default the latest one, dry runs included." };
        var storage = Options.Storage();
        var command = new Command("explain", "The decision on one person, as JSON.") { tenant, person, run, storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenAsync(parsed.GetValue(storage), settings: null, ct);
            var people = services.Get<People>();
            Console.WriteLine(await ExplainAsync(people, parsed.GetValue(tenant)!, parsed.GetValue(person)!, parsed.GetValue(run), ct));
            return ExitCodes.Good;
        }));
        return command;
    }

    private static async Task<string> ExplainAsync(People people, string tenant, string person, string? run, CancellationToken ct)
    {
        var id = Options.Person(person);
        var latest = run ?? (await people.FindLatestAsync(tenant, before: null, ct))?.Run
            ?? throw new CommandException(ExitCodes.BadConfiguration, $"Tenant {tenant} has no run that came to decisions. Run sync first.");
        try
        {
            return await people.ExplainAsync(tenant, id, latest, ct) is { } explanation
                ? JsonSerializer.Serialize(explanation, Serialization.Indented)
                : throw new CommandException(ExitCodes.BadConfiguration, $"Run {latest} of tenant {tenant} knows no person {person}.");
        }
        catch (InvalidDataException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, e.Message);
        }
    }
}
