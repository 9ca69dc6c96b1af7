using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

/// <summary>A run of which somebody has approved or refused plans.</summary>
/// <param name="Plans">Hashes; null for every plan that the run held.</param>
internal sealed record AnsweredRun(string Tenant, string Run, IReadOnlyList<string>? Plans, NextMessages Next)
{
    /// <summary>The feeds that were answered, as the run has them afterwards.</summary>
    public IReadOnlyList<FeedRun> FeedsOf(RunRecord run) =>
        [.. run.Feeds.Where(feed => feed.Approval is { } approval && (Plans is null ? !approval.IsRefusal : Plans.Contains(approval.Plan)))];
}

/// <summary>Carries answers out and says what became of them. What else a run holds is told, and is no fault of the answer.</summary>
internal static class AnsweredPlans
{
    /// <param name="feeds">Whose plans were answered.</param>
    /// <param name="by">Who has answered.</param>
    public static void Confirm(string tenant, string run, IReadOnlyList<string> feeds, bool isRefusal, Asker by)
    {
        if (feeds.Count > 0)
        {
            Console.WriteLine(
                $"{(isRefusal ? "Refused" : "Approved")}{(by.Name is null ? "" : $" by {by.Name}")}: {string.Join(", ", feeds)} of {tenant}, run {run}. "
                + (isRefusal ? "What came beside it is taken back now." : "It is delivered now."));
        }
    }

    public static async Task<int> CarryAsync(CommandServices services, IReadOnlyList<AnsweredRun> answered, CancellationToken ct)
    {
        IReadOnlyList<SyncResult> results;
        using (new ProgressLines(services.Get<RunProgress>()))
        {
            results = await services.Get<SyncRunner>().CarryAsync(answered.Select(run => (run.Tenant, run.Run, run.Next)), ct);
        }

        var codes = new List<int>();
        foreach (var (run, result) in answered.Zip(results))
        {
            var named = await services.NamedAsync(result.Run, ct);
            Lines(run, named).ToList().ForEach(Console.WriteLine);
            codes.Add(ExitCode(run, result));
        }

        return ExitCodes.Of(codes);
    }

    /// <summary>What became of each answer, why the run has not come to its end where it has not, then what still waits for an answer.</summary>
    internal static IEnumerable<string> Lines(AnsweredRun answered, RunRecord run) =>
        answered.FeedsOf(run).Select(feed => $"{run.Tenant} {run.Run} {feed.Name}: {Outcome(feed)}")
            .Concat(run.IsFinal ? [] : [$"{run.Tenant} {run.Run}, {ConsoleTables.Word(run.State)}: {run.StateReason}"])
            .Concat(run.Feeds.Where(feed => feed.IsAsking).Select(feed =>
                $"{run.Tenant} {run.Run} still holds {PlanList.Words(feed)} To let it through: {PlanList.Command(run.Tenant, run.Run, feed.Plan!.Hash)}"));

    internal static int ExitCode(AnsweredRun answered, SyncResult result) =>
        !result.Run.IsFinal || answered.FeedsOf(result.Run) is not { Count: > 0 } feeds ? result.ExitCode
        : ExitCodes.Of([.. feeds.Select(feed => feed.IsAnswered ? ExitCodes.Good : feed is { Stopped: null, Holds.Count: > 0, State: not ReceiptState.Failed } ? ExitCodes.Held : ExitCodes.Failed)]);

    private static string Outcome(FeedRun feed) =>
        $"{(feed.Approval!.IsRefusal ? "refused" : "approved")}{(feed.Approval.By is { } by ? $" by {by}" : "")}, "
        + (feed.IsAnswered
            ? $"and {ConsoleTables.Word(feed.State!.Value)}{(feed.Plan is { } plan && !feed.Approval.IsRefusal ? $": {PlanList.Counts(plan)}" : "")}. The next night is compared with that."
            : $"but not carried out ({(feed.State is { } state ? ConsoleTables.Word(state) : "not at its end")}). "
                + $"{feed.Stopped ?? feed.Reason ?? string.Join(' ', feed.Holds.Select(hold => hold.Message))}");
}
