using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Sources.Unilogin;

/// <summary>Reads export documents into rows.</summary>
internal static class UniloginReader
{
    public static Task<SourceData> ReadAsync(Snapshot snapshot, ReadOptions options, CancellationToken ct) =>
        throw new NotSupportedException($"reading {snapshot.Manifest.Run}");

    public static Task ReadProtectedAsync(Snapshot snapshot, SourceData data, CancellationToken ct) =>
        throw new NotSupportedException($"reading {snapshot.Manifest.Run}");
}
