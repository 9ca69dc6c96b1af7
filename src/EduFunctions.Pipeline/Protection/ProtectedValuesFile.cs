using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Protection;

/// <summary>What the scan looks for, as one file (<c>rosters/{tenant}/{run}/protected.bin</c>): hashes only.</summary>
public static class ProtectedValuesFile
{
    private const string Kind = "protected/2";

    public static void Write(ProtectedValues values, Stream stream) =>
        TableFile.Write(stream, Kind, new ProtectedFacts(values.Key), Tables(values.Phrases, values.Names));

    public static async Task<ProtectedValues> ReadAsync(Stream stream, CancellationToken ct)
    {
        var file = await TableFile.OpenAsync(stream, Kind, ct);
        var (phrases, names) = (new Table<ProtectedPhrase>(), new Table<ProtectedPair>());
        await file.ReadAsync(stream, Tables(phrases, names), ct);
        return new ProtectedValues(file.Facts<ProtectedFacts>().Key, phrases, names);
    }

    private static TableBytes[] Tables(Table<ProtectedPhrase> phrases, Table<ProtectedPair> names) =>
        [TableBytes.Of("phrases", phrases), TableBytes.Of("names", names)];

    private sealed record ProtectedFacts(ulong Key);
}
