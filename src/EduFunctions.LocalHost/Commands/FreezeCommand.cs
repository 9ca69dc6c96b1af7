using System.CommandLine;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>freeze</c> and <c>thaw</c>: let a target rest beside what the tenant file says, and go on again.</summary>
internal static class FreezeCommand
{
    public static Command Create()
    {
        var until = new Option<string>("--until") { Description = "The first day on which all goes on again, YYYY-MM-DD.", Required = true };
        var what = new Option<string>("--what") { Description = "What waits: all, adds (whoever comes) or removals (whoever goes).", DefaultValueFactory = _ => new FeedFreeze { Until = "" }.What };
        var command = new Command("freeze", "Lets a target rest until a day. Whoever is protected leaves it all the same.") { until, what };
        return Deciding(command, done: null, (freezing, parsed, tenant, feed, by, ct) => freezing.FreezeAsync(tenant, feed, parsed.GetValue(until)!, parsed.GetValue(what)!, by, ct));
    }

    public static Command CreateThaw() => Deciding(
        new Command("thaw", "Lets a target go on that an operator has let rest."),
        done: "goes on again with the next run",
        (freezing, _, tenant, feed, by, ct) => freezing.ThawAsync(tenant, feed, by, ct));

    private delegate Task<string?> Decision(Freezing freezing, ParseResult parsed, string tenant, string feed, Asker by, CancellationToken ct);

    /// <param name="done">What becomes of the feed; null where the list of who rests says so.</param>
    private static Command Deciding(Command command, string? done, Decision decide)
    {
        var tenant = Options.Tenant();
        var feed = new Option<string>("--feed") { Description = "The feed whose target it is.", Required = true };
        var storage = Options.Storage();
        command.Options.Add(tenant);
        command.Options.Add(feed);
        command.Options.Add(storage);
        var asker = AskerOptions.AddTo(command);
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var (freezing, id) = (services.Get<Freezing>(), parsed.GetValue(tenant)!);
            if (await decide(freezing, parsed, id, parsed.GetValue(feed)!, asker.Ask(parsed), ct) is { } refusal)
            {
                throw new CommandException(ExitCodes.BadConfiguration, refusal);
            }

            if (done is not null)
            {
                Console.WriteLine($"{parsed.GetValue(feed)} {done}.");
            }

            await ShowAsync(services, id, ct);
            return ExitCodes.Good;
        }));
        return command;
    }

    private static async Task ShowAsync(CommandServices services, string id, CancellationToken ct)
    {
        var resting = await services.Get<Freezing>().ListAsync(await services.Get<TenantStore>().ReadSettingsAsync(id, ct), ct);
        Console.WriteLine(resting.Count == 0 ? $"No target of {id} rests now." : string.Join(Environment.NewLine, resting.Select(Line)));
    }

    private static string Line(RestingFeed resting) =>
        $"{resting.Feed} rests until {resting.Freeze.Until} ({resting.Freeze.What}), by {(resting.Since is null ? "the tenant file" : resting.By ?? "somebody")}.";
}
