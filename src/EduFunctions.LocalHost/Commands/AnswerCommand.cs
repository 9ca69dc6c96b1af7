using System.CommandLine;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>approve</c> and <c>refuse</c>: an operator's answer to the plan that a held run showed.</summary>
internal static class AnswerCommand
{
    private const int Shortest = 8;

    public static Command CreateApprove() => Create("approve", "Lets through exactly the plan that a held run showed.", isRefusal: false);

    public static Command CreateRefuse() => Create("refuse", "Drops the plan that a held run showed, and takes back what came where something is held.", isRefusal: true);

    private static Command Create(string name, string description, bool isRefusal)
    {
        var tenant = Options.Tenant();
        var run = Options.Run("The held run.");
        var plan = new Option<string>("--plan") { Description = "Hash of the plan as the run showed it; its first eight characters are enough.", Required = true };
        var storage = Options.Storage();
        var command = new Command(name, description) { tenant, run, plan, storage };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            await using var services = await CommandServices.OpenAsync(parsed.GetValue(storage), settings: null, ct);
            return await RunAsync(services, parsed.GetValue(tenant)!, Options.Checked(parsed.GetValue(run)!), parsed.GetValue(plan)!, isRefusal, ct);
        }));
        return command;
    }

    private static async Task<int> RunAsync(CommandServices services, string tenant, string run, string plan, bool isRefusal, CancellationToken ct)
    {
        var approvals = services.Get<Approvals>();
        plan = await WholeAsync(services.Get<RunStore>(), tenant, run, plan, ct);
        if (isRefusal)
        {
            await ShowAsync(services, tenant, run, plan, ct);
        }

        var answer = isRefusal
            ? await approvals.RefuseAsync(tenant, run, plan, Environment.UserName, ct)
            : await approvals.ApproveAsync(tenant, run, plan, Environment.UserName, ct);
        if (answer.Refusal is { } refusal)
        {
            throw new CommandException(answer.IsKnown ? ExitCodes.Held : ExitCodes.BadConfiguration, refusal);
        }

        if (answer.Note is { } note)
        {
            Console.WriteLine(note);
        }

        return await CarryOn.RunAsync(services, tenant, run, answer.Next, ct);
    }

    /// <summary>The run's one plan that begins so; what begins no plan, or several, stays as it was given, to be refused.</summary>
    private static async Task<string> WholeAsync(RunStore runs, string tenant, string run, string plan, CancellationToken ct)
    {
        var hashes = (await runs.FindAsync(tenant, run, ct))?.Feeds.Select(feed => feed.Plan?.Hash).OfType<string>().Distinct() ?? [];
        return plan.Length >= Shortest && hashes.Where(hash => hash.StartsWith(plan, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? only : plan;
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
                Console.WriteLine($"  {sentence}");
            }
        }
    }
}
