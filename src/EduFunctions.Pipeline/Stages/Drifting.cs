using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Stages;

/// <param name="Run">Whose delivery it is compared with.</param>
/// <param name="Refusal">Why it cannot be compared; null when it was.</param>
public sealed record DriftResult(string Tenant, string Feed, string Target, string? Run, IReadOnlyList<Drift> Drift, string? Refusal = null);

/// <summary>
/// What a target has against what it was given last. Reads both, and changes nothing. Where a target cannot be read, what it has said counts: a log that was
/// fetched there, or the counts of its receipt.
/// </summary>
public sealed class Drifting(
    DeliveredRosters delivered, RosterStore rosters, RunStore runs, ReceiptStore receipts, TargetLogs logs, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries)
{
    /// <exception cref="RunHeldException">There is no feed of the name.</exception>
    public async Task<DriftResult> RunAsync(Tenant tenant, string name, CancellationToken ct)
    {
        var setup = tenant.FeedOf(name);
        var result = new DriftResult(tenant.Id, name, deliveries.TargetOf(setup), null, []);
        if (deliveries[setup.Delivery.Type] is not ITargetReading target)
        {
            return await FromWordsAsync(tenant, setup, result, ct);
        }

        var baseline = await delivered.FindAsync(tenant.Id, name, deliveries.KeyOf(setup), new EarlierRosters(rosters), ct);
        if (baseline is not { IsLost: false, Place: { } place })
        {
            return result with { Refusal = $"It is not on record what {result.Target} was given last. Run the feed, or rebaseline, then try again." };
        }

        using var files = new FeedFiles();
        await RenderAsync(tenant, setup, baseline, place.Run, files, ct);
        try
        {
            return result with { Run = place.Run, Drift = await target.CompareAsync(files, setup, ct) };
        }
        catch (Exception e) when (e is IOException or DeliveryRefusedException)
        {
            return result with { Run = place.Run, Refusal = e.Message };
        }
    }

    /// <summary>By what the target itself has said of the last delivery.</summary>
    private async Task<DriftResult> FromWordsAsync(Tenant tenant, FeedSetup setup, DriftResult result, CancellationToken ct)
    {
        if (await receipts.FindLastAsync(tenant.Id, setup.Name, ct) is not { } last)
        {
            return result with { Refusal = $"Feed {setup.Name} was never delivered." };
        }

        result = result with { Run = last.Run };
        if (await logs.FindAsync(tenant.Id, last.Run, setup.Name, ct) is { } log)
        {
            return result with { Drift = log.Refused };
        }

        var receipt = (await receipts.ReadAsync(tenant.Id, last.Run, setup.Name, ct))?.Receipt;
        return receipt is { Counts.Count: > 0 } ? result with { Drift = Refused(receipt) }
            : feeds[setup.Type] is ILoggedFeed
                ? result with { Refusal = "The target cannot be read. Have its administrator download the log of the last delivery, then: import-log FILE." }
                : result with { Refusal = $"What a delivery of type {setup.Delivery.Type} has brought cannot be read at the target." };
    }

    /// <summary>How many rows of each file the target counts as errors; it does not say which.</summary>
    private static IReadOnlyList<Drift> Refused(Receipt receipt) =>
        [.. receipt.Progress.Where(file => file.Errors > 0).Select(file => new Drift(file.Name, "refused", file.Errors, []))];

    private async Task RenderAsync(Tenant tenant, FeedSetup setup, Baseline baseline, string run, FeedFiles files, CancellationToken ct)
    {
        using var nothing = new KnownFiles();
        var record = await runs.FindAsync(tenant.Id, run, ct);
        var input = new FeedInput(baseline.Roster, baseline.Selection, setup.Settings, nothing, record?.Date ?? default) { Tenant = tenant.Id, IsTotal = true };
        feeds[setup.Type].Render(input, files);
    }
}
