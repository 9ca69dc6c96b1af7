using EduFunctions.Pipeline.Runs;

namespace EduFunctions.LocalHost.Commands;

/// <summary>Plans by what operators type of their hashes.</summary>
internal static class ShownPlans
{
    public const int Shortest = 8;

    /// <summary>The run's one plan that begins so; what begins no plan, or several, stays as it was given, to be refused.</summary>
    public static string Whole(RunRecord? run, string plan)
    {
        var hashes = run?.Feeds.Select(feed => feed.Plan?.Hash).OfType<string>().Distinct() ?? [];
        return plan.Length >= Shortest && hashes.Where(hash => hash.StartsWith(plan, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? only : plan;
    }
}
