namespace EduFunctions.Pipeline.Storage;

/// <summary>The blob containers. Their layout is part of the outside contract (docs/storage.md).</summary>
public static class Containers
{
    public const string Tenants = "tenants";
    public const string Snapshots = "snapshots";
    public const string Rosters = "rosters";
    public const string Feeds = "feeds";
    public const string Runs = "runs";

    /// <summary>What has to outlive a run: who is at work on a tenant, what was delivered last, messages that failed for good.</summary>
    public const string State = "state";

    public static IReadOnlyList<string> All { get; } = [Tenants, Snapshots, Rosters, Feeds, Runs, State];
}
