using System.CommandLine;
using System.Text.Json;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Searching;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>explain</c>: why a person is, or is not, handed on.</summary>
internal static class ExplainCommand
{
    private const string Input = "-";

    public static Command Create()
    {
        var tenant = Options.Tenant();
        var person = new Option<string?>("--person") { Description = "The person's id at the source." };
        var find = new Option<string?>("--find")
        {
            Description = "In place of it -, and on the next line a civic number, login, mail address or name: so it stands in no history and no list of processes.",
        };
        var isProtected = new Option<bool>("--protected") { Description = "Finds protected persons too; for whoever looks after protection, and on record like every question." };
        var gone = new Option<bool>("--gone")
        {
            Description = "With --find: also who has left while namesakes are still there; every night that is kept is looked through.",
        };
        var history = new Option<bool>("--history") { Description = "Every night on which something changed, as far back as decisions are kept." };
        var run = new Option<string?>("--run") { Description = "The run; default the latest one, dry runs included." };
        var storage = Options.Storage();
        var command = new Command("explain", "The decision on one person, as JSON.") { tenant, person, find, isProtected, gone, history, run, storage };
        var asker = AskerOptions.AddTo(command);
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var (id, by) = (parsed.GetValue(tenant)!, asker.Of(parsed));
            var found = parsed.GetValue(find) is null ? null : await FindAsync(services, id, await QuestionAsync(ct), by, parsed.GetValue(isProtected), parsed.GetValue(gone), ct);
            var only = parsed.GetValue(person) ?? (found is { People: [var one], HasMore: false } ? one.Id : null);
            Console.WriteLine(
                only is not null && parsed.GetValue(history) ? await HistoryAsync(services, id, only, by, ct)
                : only is not null ? await ExplainAsync(services, id, only, parsed.GetValue(run), found, by, ct)
                : JsonSerializer.Serialize(found, Serialization.Indented));
            return ExitCodes.Good;
        }));
        command.Validators.Add(given =>
        {
            if (given.GetValue(person) is null == given.GetValue(find) is null)
            {
                given.AddError("Give --person or --find, one of them.");
            }
            else if (given.GetValue(find) is not null && given.GetValue(run) is not null)
            {
                given.AddError("Give --run with --person: --find looks in the latest pull, and from there back.");
            }
            else if (given.GetValue(find) is null && given.GetValue(gone))
            {
                given.AddError("Give --gone with --find: an id is one person's.");
            }
            else if (given.GetValue(find) is { } text && text != Input)
            {
                given.AddError("Give --find - and write it on the next line: what stands in a command stays in the shell's history.");
            }
        });
        return command;
    }

    /// <summary>Written by somebody at a terminal, or handed over by a program.</summary>
    private static async Task<string> QuestionAsync(CancellationToken ct)
    {
        if (!Console.IsInputRedirected)
        {
            await Console.Error.WriteAsync("Civic number, login, mail address or name: ");
        }

        return await Console.In.ReadLineAsync(ct) is { } line && PersonSearch.IsQuestion(line)
            ? line
            : throw new CommandException(ExitCodes.BadConfiguration, "Give a civic number, a login, a mail address or a name on a line of standard input.");
    }

    private static async Task<FoundPeople> FindAsync(CommandServices services, string tenant, string question, Asker by, bool isProtected, bool withGone, CancellationToken ct)
    {
        try
        {
            var found = await services.Get<PersonSearch>().FindAsync(
                tenant, question, by, isProtected, withGone, ct, day => Console.Error.WriteLine($"Looking in the night of {day:yyyy-MM-dd} ..."))
                ?? throw new CommandException(
                    ExitCodes.BadConfiguration, $"No answers of the register are kept of tenant {tenant}, or who is protected cannot be told. Sync, and ask again.");
            if (found.Unread.Count > 0)
            {
                Console.Error.WriteLine($"These nights are kept and could not be read: {string.Join(", ", found.Unread.Select(day => $"{day:yyyy-MM-dd}").Distinct())}.");
            }

            if (found.People.Count > 0 && !withGone && PersonSearch.IsName(question))
            {
                Console.Error.WriteLine("Whoever has left the register since may be called the same: with --gone earlier nights are looked through too.");
            }

            return found.People.Count > 0 ? found : throw new CommandException(
                ExitCodes.BadConfiguration,
                $"Nobody is found by this in the nights that are kept, back to {found.SearchedSince:yyyy-MM-dd}; some persons are found with --protected alone.");
        }
        catch (TenantRefusedException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, e.Message);
        }
    }

    /// <summary>What is no id may be a name, a number or an address, which is looked up otherwise, and not repeated.</summary>
    private static CommandException Nobody(string where, string tenant, string person, string advice) => new(
        ExitCodes.BadConfiguration,
        Options.Person(person).IsText
            ? $"{where} has nobody of this id. {UnknownPerson.Remedy(tenant)}"
            : $"{where} has no person {person}.{advice}");

    private static async Task<string> HistoryAsync(CommandServices services, string tenant, string person, Asker by, CancellationToken ct)
    {
        var history = await services.Get<PersonHistories>().FindAsync(tenant, Options.Person(person), ct)
            ?? throw Nobody($"What is kept of tenant {tenant}'s nights", tenant, person, advice: "");
        await services.Get<ActLog>().WriteAsync(
            new Act { Tenant = tenant, Kind = ActKind.LookUp, By = by.Name, Reason = by.Reason, What = ["history"], People = [history.Person] }, ct);
        return JsonSerializer.Serialize(history, Serialization.Indented);
    }

    /// <param name="found">How the person was found: by the latest run where that knows the person, else by the one that had the person last.</param>
    private static async Task<string> ExplainAsync(CommandServices services, string tenant, string person, string? run, FoundPeople? found, Asker by, CancellationToken ct)
    {
        var people = services.Get<People>();
        var id = Options.Person(person);
        var latest = run ?? (await people.FindLatestAsync(tenant, before: null, ct))?.Run
            ?? throw new CommandException(ExitCodes.BadConfiguration, $"Tenant {tenant} has no run that came to decisions. Run sync first.");
        try
        {
            var explanation = await people.ExplainAsync(tenant, id, latest, ct);
            if (found is { IsPast: true })
            {
                Console.Error.WriteLine($"Last seen by this in the night of {found.Date:yyyy-MM-dd}: later answers of the register have nobody by it.");
                explanation ??= await people.ExplainAsync(tenant, id, found.Run, ct);
            }

            if (explanation is not null || !id.IsText)
            {
                // What is nobody's id may be a name or a number, and is not kept.
                await services.Get<ActLog>().WriteAsync(new Act { Tenant = tenant, Kind = ActKind.LookUp, By = by.Name, Reason = by.Reason, People = [id.ToString()] }, ct);
            }

            return explanation is not null
                ? JsonSerializer.Serialize(explanation, Serialization.Indented)
                : throw Nobody($"Run {latest} of tenant {tenant}", tenant, person, " Ask with --history for nights in which there was one.");
        }
        catch (InvalidDataException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, e.Message);
        }
    }
}
