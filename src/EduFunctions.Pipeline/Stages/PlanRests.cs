using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Whether the target of a plan rests in a way that the plan knows nothing of. No answer to it is carried out before the target goes on, which is said to
/// whoever is about to answer, in the same words everywhere.
/// </summary>
public sealed class PlanRests(TenantStore tenants, Freezing freezing, PlanStore plans)
{
    /// <summary>Why an answer is not taken; null when it is.</summary>
    /// <exception cref="TenantRefusedException">The tenant file cannot be used.</exception>
    /// <exception cref="UnreadableBlobException">What operators have let rest cannot be read.</exception>
    public async Task<string?> FindAsync(RunRecord run, FeedRun held, bool isRefusal, CancellationToken ct)
    {
        var tenant = await freezing.ApplyAsync(await tenants.ReadSettingsAsync(run.Tenant, ct), ct);
        return !run.DryRun && tenant.FindFeed(held.Name)?.RestsOn(run.Date).ToList() is { Count: > 0 } rests
            ? Of(held.Name, rests, await plans.FindAsync(run.Tenant, run.Run, held.Name, ct), isRefusal)
            : null;
    }

    /// <summary>The same, for who only shows it: what cannot be read is told where something is done.</summary>
    public async Task<string?> TryFindAsync(RunRecord run, FeedRun held, bool isRefusal, CancellationToken ct)
    {
        try
        {
            return await FindAsync(run, held, isRefusal, ct);
        }
        catch (Exception e) when (e is TenantRefusedException or UnreadableBlobException)
        {
            return null;
        }
    }

    /// <param name="rests">In which ways the feed's target rests on the run's day.</param>
    /// <param name="plan">Null for one that cannot be read, which is told elsewhere.</param>
    [Told]
    internal static string? Of(string feed, IReadOnlyList<FeedRest> rests, HashedPlan? plan, bool isRefusal) =>
        rests.FirstOrDefault(rest => rest.What == FeedFreeze.Everything || (rest.What == FeedFreeze.Additions && plan is { Plan.IsFirst: true })) is { } whole
            ? $"Feed {feed} is paused until {whole.Until} by {whole.By} (freeze), so no answer to its plan is carried out before. "
                + "Let the target go on first (thaw), or wait: the night of that day makes a plan of its own."
        : isRefusal
            ? rests.FirstOrDefault(rest => rest.What == FeedFreeze.Removals) is { } kept
                ? $"Nobody leaves the target of feed {feed} until {kept.Until}, by {kept.By} (freeze), and a refusal takes away who has come. Let the target go on first (thaw)."
                : null
        : plan is null || rests.FirstOrDefault(rest => IsNews(rest, plan)) is not { } later ? null
        : later.What == FeedFreeze.Removals
            ? $"Nobody leaves the target of feed {feed} until {later.Until}, by {later.By} (freeze), which was said after the plan was made. "
                + "Let the target go on first (thaw), or sync, and answer that run's plan."
            : $"Nobody comes to the target of feed {feed} until {later.Until}, by {later.By} (freeze), which was said after the plan was made. "
                + "Let the target go on first (thaw), or sync, and answer that run's plan.";

    /// <summary>Whether the plan was made without it, and would be another with it.</summary>
    private static bool IsNews(FeedRest rest, HashedPlan plan) => plan.Rests?.Contains(rest.What) != true
        && (rest.What == FeedFreeze.Removals ? plan.Plan.Deletions is not null || plan.Plan.Totals.Any(rows => rows.Removed > 0) : plan.Plan.Totals.Any(rows => rows.Added > 0));
}
