using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Sources.Unilogin;

/// <summary>
/// Unilogin SkoleGrunddata (wsiEKSPORT). A collection per institution, named by its number in lower case, with one page: the whole answer,
/// SOAP envelope and all, byte for byte.
/// </summary>
public sealed class UniloginSource : ISource
{
    public string Type => "unilogin";

    public Type Settings => typeof(UniloginSettings);

    public string PageExtension => "xml.gz";

    public Task<bool> ExtractAsync(Pull pull, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct) =>
        throw new NotSupportedException("pulling from Unilogin");

    public Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct) => UniloginReader.ReadAsync(snapshot, options, ct);

    public Task ReadProtectedAsync(Snapshot snapshot, SourceData data, CancellationToken ct) => UniloginReader.ReadProtectedAsync(snapshot, data, ct);

    /// <summary>The collection that holds an institution's answer.</summary>
    internal static string CollectionOf(string institution) => institution.ToLowerInvariant();
}
