using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Reads a pull as the tenant's source is set up.</summary>
internal static class PullReading
{
    /// <summary>Where too many bear markings that nobody can read, all is read once more without them: whatever else protects somebody is still there then.</summary>
    public static async Task<SourceData> ReadAsync(this ISource source, Snapshot snapshot, Tenant tenant, CancellationToken ct, bool acceptsShrink = false)
    {
        var options = Deciding.ReadOptionsOf(tenant) with { AcceptsShrink = acceptsShrink };
        var (data, common) = Judge(await source.ReadAsync(snapshot, options, ct), options);
        if (data is null)
        {
            data = await source.ReadAsync(snapshot, options with { CommonMarkings = common!.Values }, ct);
            data.Refusal = common.Reason;
        }

        MaskedNames.Judge(data);

        return data;
    }

    /// <summary>What is read a second time is not kept meanwhile.</summary>
    private static (SourceData? Data, CommonMarkings? Common) Judge(SourceData data, ReadOptions options) =>
        CommonMarkings.Find(data, options.MaxNotUnderstoodPercent) is { } common ? (null, common) : (data, null);
}
