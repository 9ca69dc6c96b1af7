namespace EduFunctions.Pipeline.Runs;

/// <summary>Plans by what operators give of their hashes: pages, mails and tables show the first characters.</summary>
public static class ShownPlans
{
    public const int Shortest = 8;

    /// <summary>The run's one plan that begins so; what begins no plan, or several, stays as it was given, to be refused.</summary>
    public static string Whole(RunRecord? run, string plan)
    {
        var hashes = run?.Feeds.Select(feed => feed.Plan?.Hash).OfType<string>().Distinct() ?? [];
        return plan.Length >= Shortest && hashes.Where(hash => hash.StartsWith(plan, StringComparison.OrdinalIgnoreCase)).ToList() is [var only] ? only : plan;
    }
}
