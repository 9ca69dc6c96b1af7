using EduFunctions.Pipeline.Runs;

namespace EduFunctions.LocalHost.Commands;

/// <param name="Plan">Null for every plan that the run holds.</param>
internal sealed record NamedPlan(string Tenant, string Run, string? Plan);

/// <summary>Plans of several runs, one a line: tenant, run, and the plan's hash or nothing for all of the run's. What follows a # is for people.</summary>
internal static class PlanList
{
    private static readonly char[] Blanks = [' ', '\t'];

    public static string Line(RunRecord run, FeedRun feed) => $"{run.Tenant} {run.Run} {feed.Plan!.Hash} # {Words(feed)}";

    /// <summary>A line that names no plan, of one that cannot be let through.</summary>
    public static string Remark(RunRecord run, FeedRun feed, string why) => $"# {run.Tenant} {run.Run} {feed.Name} cannot be let through: {why}";

    /// <summary>The same of a run that is held without a plan.</summary>
    public static string Remark(RunRecord run, string why) => $"# {run.Tenant} {run.Run} is held without a plan: {why.ReplaceLineEndings(" ")}";

    /// <summary>A plan in a few words.</summary>
    public static string Words(FeedRun feed) =>
        $"{feed.Name}: {Counts(feed.Plan!)}. {string.Join(' ', feed.Holds.Select(hold => hold.Message))}";

    public static string Counts(PlanSummary plan) => $"{plan.Added} added, {plan.Changed} changed, {plan.Removed} removed";

    /// <summary>What an operator types to let a plan through.</summary>
    public static string Command(string tenant, string run, string hash) => $"approve --tenant {tenant} --run {run} --plan {ConsoleTables.Short(hash)}";

    public static IReadOnlyList<NamedPlan> Parse(IEnumerable<string> lines) =>
    [
        .. lines.Select((line, at) => (Words: line.Split('#')[0].Split(Blanks, StringSplitOptions.RemoveEmptyEntries), Number: at + 1))
            .Where(line => line.Words.Length > 0)
            .Select(line => line.Words is [var tenant, var run, .. var rest] && rest.Length < 2
                ? new NamedPlan(tenant, Options.Checked(run), rest.FirstOrDefault())
                : throw new CommandException(ExitCodes.BadConfiguration, $"Line {line.Number} must be a tenant, a run, and the hash of a plan or nothing for all of the run's.")),
    ];

    /// <param name="run">A run's name, or a tenant's and a run's with a slash between.</param>
    public static NamedPlan Named(string? tenant, string run, string? plan) => run.Split('/') switch
    {
        [var name] when tenant is not null => new NamedPlan(tenant, name, plan),
        [var of, var name] when tenant is null || tenant == of => new NamedPlan(of, name, plan),
        _ => throw new CommandException(ExitCodes.BadConfiguration, "Say whose run it is: --tenant ID --run RUN, or --run ID/RUN."),
    };
}
