using System.CommandLine;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>refuse</c>: an operator's no to the plan that a held run showed.</summary>
internal static class RefuseCommand
{
    public static Command Create()
    {
        var tenant = Options.Tenant();
        var run = Options.Run("The held run.");
        var plan = new Option<string>("--plan") { Description = "Hash of the plan as the run showed it; its first eight characters are enough.", Required = true };
        var storage = Options.Storage();
        var command = new Command("refuse", "Drops the plan that a held run showed, and takes back what came where something is held.") { tenant, run, plan, storage };
        var asker = AskerOptions.AddTo(command);
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            var by = asker.Ask(parsed);
            await using var services = await CommandServices.OpenForAsync(parsed.GetValue(tenant)!, parsed.GetValue(storage), ct);
            var held = await services.RunAsync(parsed.GetValue(tenant)!, parsed.GetValue(run)!, ct);
            return await RunAsync(services, parsed.GetValue(tenant)!, held, parsed.GetValue(plan)!, by, ct);
        }));
        return command;
    }

    private static async Task<int> RunAsync(CommandServices services, string tenant, string run, string plan, Asker by, CancellationToken ct)
    {
        var record = await services.Get<RunStore>().FindAsync(tenant, run, ct);
        plan = ShownPlans.Whole(record, plan);
        await ShowAsync(services, tenant, run, plan, ct);
        var answer = await services.Get<Approvals>().RefuseAsync(tenant, run, plan, by, ct);
        if (answer.Refusal is { } refusal)
        {
            throw new CommandException(answer.IsKnown ? ExitCodes.Held : ExitCodes.BadConfiguration, refusal);
        }

        if (answer.Note is { } note)
        {
            Console.WriteLine(note);
        }
        else
        {
            AnsweredPlans.Confirm(tenant, run, [.. record!.Feeds.Where(feed => feed.Plan?.Hash == plan).Select(feed => feed.Name)], isRefusal: true, by);
        }

        return await AnsweredPlans.CarryAsync(services, [new AnsweredRun(tenant, run, [plan], answer.Next)], ct);
    }

    /// <summary>Says first what a refusal will do.</summary>
    private static async Task ShowAsync(CommandServices services, string tenant, string run, string plan, CancellationToken ct)
    {
        if (await services.Get<RunStore>().FindAsync(tenant, run, ct) is { } record
            && record.Feeds.FirstOrDefault(feed => feed.Plan?.Hash == plan && feed.Approval is null) is { } held
            && await services.Get<PlanStore>().FindAsync(tenant, run, held.Name, ct) is { Plan.WhenRefused: { } sentences })
        {
            Console.WriteLine($"{held.Name}:");
            foreach (var sentence in sentences)
            {
                Console.WriteLine($"  {Language.English.Told(sentence)}");
            }
        }
    }
}
