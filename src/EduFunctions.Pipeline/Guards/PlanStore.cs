using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Keeps the plans of the runs (<c>rosters/{tenant}/{run}/{feed}/plan.json</c>).</summary>
public sealed class PlanStore(BlobStorage blobs)
{
    private const string Remedy = "Put it back from a backup, or run again: the next run makes a plan of its own.";

    public async Task<HashedPlan?> FindAsync(string tenant, string run, string feed, CancellationToken ct) =>
        (await ReadAsync(tenant, run, feed, ct))?.Plan;

    /// <summary>The same for who can do without: null also for one that cannot be read.</summary>
    internal async Task<HashedPlan?> TryFindAsync(string tenant, string run, string feed, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Rosters, RosterPath.Plan(tenant, run, feed), ct) is { } blob ? StoredJson.TryParse<HashedPlan>(blob.Content) : null;

    /// <summary>The plan with its bytes, to be sealed.</summary>
    /// <exception cref="UnreadableBlobException">It is damaged.</exception>
    public async Task<(HashedPlan Plan, StoredRecord Stored)?> ReadAsync(string tenant, string run, string feed, CancellationToken ct)
    {
        var name = RosterPath.Plan(tenant, run, feed);
        return await blobs.ReadAsync(Containers.Rosters, name, ct) is { } blob
            ? (StoredJson.Parse<HashedPlan>(Containers.Rosters, name, blob.Content, Remedy), new StoredRecord(Containers.Rosters, name, blob.Content))
            : null;
    }

    public Task SaveAsync(HashedPlan plan, CancellationToken ct) => blobs.WriteAsync(
        Containers.Rosters, RosterPath.Plan(plan.Plan.Tenant, plan.Plan.Run, plan.Plan.Feed),
        PlanJson.Of(plan), ct);

    /// <summary>All ids that seem to have changed, where the plan shows the first of them (<c>pairs.json</c> beside it); nothing when there are none.</summary>
    public Task SavePairsAsync(HashedPlan plan, IReadOnlyList<IdPair> pairs, CancellationToken ct) => pairs.Count == 0 ? Task.CompletedTask : blobs.WriteAsync(
        Containers.Rosters, RosterPath.Pairs(plan.Plan.Tenant, plan.Plan.Run, plan.Plan.Feed), JsonSerializer.SerializeToUtf8Bytes(pairs, Serialization.Indented), ct);

    public async Task<IReadOnlyList<IdPair>> FindPairsAsync(string tenant, string run, string feed, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Rosters, RosterPath.Pairs(tenant, run, feed), ct) is { } blob
            ? StoredJson.Parse<IReadOnlyList<IdPair>>(Containers.Rosters, RosterPath.Pairs(tenant, run, feed), blob.Content, Remedy)
            : [];
}
