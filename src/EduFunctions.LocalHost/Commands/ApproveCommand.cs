using System.CommandLine;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>approve</c>: lets through what held runs showed: a plan, every plan of a run, or a list.</summary>
internal static class ApproveCommand
{
    public static Command Create()
    {
        var tenant = new Option<string?>("--tenant") { Description = "The tenant's id." };
        var run = new Option<string[]>("--run") { Description = "The held run; several as TENANT/RUN." };
        var plan = new Option<string?>("--plan") { Description = "Hash of the plan as the run showed it; its first eight characters are enough." };
        var all = new Option<bool>("--all-feeds") { Description = "In place of --plan: every plan that the run holds, as one decision." };
        var file = new Option<FileInfo?>("--file") { Description = "In place of all these: a list as the command held writes it." };
        var storage = Options.Storage();
        var command = new Command("approve", "Lets through exactly what held runs showed.") { tenant, run, plan, all, file, storage };
        var asker = AskerOptions.AddTo(command);
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () =>
        {
            var named = Named(parsed.GetValue(tenant), parsed.GetValue(run) ?? [], parsed.GetValue(plan), parsed.GetValue(all), parsed.GetValue(file));
            if (named.Count == 0)
            {
                await Console.Error.WriteLineAsync($"{parsed.GetValue(file)} names no plan, so nothing is approved.");
                return ExitCodes.Good;
            }

            var by = asker.Ask(parsed);
            await using var services = await CommandServices.OpenAsync(parsed.GetValue(storage), settings: null, ct);
            return await RunAsync(services, named, by, ct);
        }));
        return command;
    }

    private static IReadOnlyList<NamedPlan> Named(string? tenant, string[] runs, string? plan, bool all, FileInfo? file) =>
        file is not null
            ? (tenant, runs.Length, plan, all) != (null, 0, null, false) ? throw Wrong("--file stands alone.")
            : file.Exists ? PlanList.Parse(File.ReadLines(file.FullName))
            : throw Wrong(Directory.Exists(file.FullName) ? $"{file} is a folder. Name the list in it." : $"There is no file {file}.")
        : runs.Length == 0 ? throw Wrong("Give --run, or a list by --file.")
        : (plan is null) == !all ? throw Wrong("Give either --plan or --all-feeds.")
        : plan is { Length: < ShownPlans.Shortest } ? throw Wrong($"A plan is named by at least the first {ShownPlans.Shortest} characters of its hash.")
        : runs.Length > 1 && plan is not null ? throw Wrong("A plan is one run's: give several runs with --all-feeds, or a list by --file.")
        : [.. runs.Select(run => PlanList.Named(tenant, run, plan))];

    private static CommandException Wrong(string problem) => new(ExitCodes.BadConfiguration, problem);

    private static async Task<int> RunAsync(CommandServices services, IReadOnlyList<NamedPlan> named, Asker by, CancellationToken ct)
    {
        var (answered, codes) = (new List<AnsweredRun>(), new List<int>());
        var whole = new List<NamedPlan>();
        foreach (var plan in named)
        {
            whole.Add(plan with { Run = await services.RunAsync(plan.Tenant, plan.Run, ct) });
        }

        foreach (var run in whole.GroupBy(plan => (plan.Tenant, plan.Run), plan => plan.Plan))
        {
            var (answer, plans) = await AnswerAsync(services, run.Key.Tenant, run.Key.Run, [.. run], by, ct);
            if (answer.Refusal is { } refusal)
            {
                await Console.Error.WriteLineAsync($"{run.Key.Tenant} {run.Key.Run} is not approved: {refusal}");
                codes.Add(answer.IsKnown ? ExitCodes.Held : ExitCodes.BadConfiguration);
                continue;
            }

            answered.Add(new AnsweredRun(run.Key.Tenant, run.Key.Run, plans, answer.Next));
        }

        return ExitCodes.Of([.. codes, await AnsweredPlans.CarryAsync(services, answered, ct)]);
    }

    /// <summary>One decision on a run, which says first what it lets through.</summary>
    private static async Task<(ApprovalAnswer Answer, IReadOnlyList<string>? Plans)> AnswerAsync(
        CommandServices services, string tenant, string run, IReadOnlyList<string?> plans, Asker by, CancellationToken ct)
    {
        var record = await services.Get<RunStore>().FindAsync(tenant, run, ct);
        var hashes = plans.Contains(null) ? null : plans.OfType<string>().Select(plan => ShownPlans.Whole(record, plan)).ToList();
        var shown = record is null ? null : await services.NamedAsync(record, ct);
        var asked = shown?.Feeds.Where(feed => feed.IsAsking && hashes?.Contains(feed.Plan!.Hash) != false).ToList() ?? [];
        foreach (var feed in asked)
        {
            // Of what nobody can let through nothing is said but why.
            Console.Write(await services.Get<Approvals>().FindVoidAsync(record!, feed, ct) is null ? $"To be let through: {tenant} {run} {PlanList.Words(feed)}{Environment.NewLine}" : "");
        }

        var answer = hashes is null
            ? await services.Get<Approvals>().ApproveAllAsync(tenant, run, by, ct)
            : await services.Get<Approvals>().ApproveAsync(tenant, run, hashes, by, ct);
        if (answer.Note is { } note)
        {
            Console.WriteLine(note);
        }
        else if (answer.Refusal is null)
        {
            AnsweredPlans.Confirm(tenant, run, [.. asked.Select(feed => feed.Name)], isRefusal: false, by);
        }

        return (answer, hashes);
    }
}
