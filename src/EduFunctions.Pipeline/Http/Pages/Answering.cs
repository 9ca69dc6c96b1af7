using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>Whether what a run holds can still be answered by the reader: nobody is shown a button that would be refused.</summary>
/// <param name="MayOperate">Whether buttons are of use to the reader.</param>
/// <param name="Now">When the page is made.</param>
/// <param name="Lifetime">How long after the run's end an answer counts.</param>
internal sealed record Answering(bool MayOperate, DateTimeOffset Now, TimeSpan Lifetime)
{
    /// <summary>When the plans of a run that asks, and that no newer run has replaced, become void; null for others.</summary>
    public static DateTimeOffset? EndOf(RunRecord run, TenantStatus tenant, TimeSpan lifetime) =>
        run is { IsFinal: true, DryRun: false, Finished: { } finished } && tenant.StandingRun?.Run == run.Run && run.Feeds.Any(feed => feed.IsAsking) ? finished + lifetime : null;

    /// <summary>Whether they are void by their age alone.</summary>
    public bool IsTooLate(RunRecord run) => Now - run.Finished > Lifetime;

    public bool MayAnswer(RunRecord run, TenantStatus tenant) => MayOperate && tenant.IsRunnable && run is { IsFinal: true, DryRun: false } && tenant.StandingRun?.Run == run.Run && !IsTooLate(run);
}
