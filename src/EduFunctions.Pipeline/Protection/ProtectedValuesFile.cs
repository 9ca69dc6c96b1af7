using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Protection;

/// <summary>What the scan looks for, as one file (<c>rosters/{tenant}/{run}/protected.bin</c>): hashes only.</summary>
public static class ProtectedValuesFile
{
    private const string Kind = "protected/1";

    public static void Write(ProtectedValues values, Stream stream) => TableFile.Write(
        stream, Kind, new ProtectedFacts(values.Key), TableBytes.Of("phrases", values.Phrases), TableBytes.Of("names", values.Names));

    public static async Task<ProtectedValues> ReadAsync(Stream stream, CancellationToken ct)
    {
        var file = await TableFile.OpenAsync(stream, Kind, ct);
        return new ProtectedValues(
            file.Facts<ProtectedFacts>().Key,
            await file.ReadAsync<ProtectedPhrase>(stream, "phrases", ct),
            await file.ReadAsync<ProtectedName>(stream, "names", ct));
    }

    private sealed record ProtectedFacts(ulong Key);
}
