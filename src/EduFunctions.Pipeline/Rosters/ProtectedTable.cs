using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Reads of a stored roster only who was protected, in whatever version the rest is written.</summary>
internal static class ProtectedTable
{
    private const string AnyVersion = "roster/";
    private const string Name = "protected";
    private const int HeaderSize = 1 << 16;

    /// <summary>Null when there is no such roster, or it is damaged.</summary>
    public static async Task<IReadOnlyList<EntityId>?> FindAsync(BlobStorage blobs, string path, CancellationToken ct)
    {
        try
        {
            return await blobs.ReadRangeAsync(Containers.Rosters, path, 0, HeaderSize, ct) is { } start && TableFile.TryOpen(start, AnyVersion) is { } file
                ? await ReadAsync(blobs, path, file, ct)
                : null;
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<EntityId>> ReadAsync(BlobStorage blobs, string path, TableFile file, CancellationToken ct)
    {
        if (file.Rows(Name) == 0)
        {
            return [];
        }

        if (file.Rows(LongIdTexts.Table) is > 0 and var length)
        {
            var (at, _) = file.Range(LongIdTexts.Table, 0, length);
            LongIdTexts.Learn(await ReadAsync(blobs, path, at, length, ct));
        }

        var ids = new Table<EntityId>();
        ids.Resize(file.Rows(Name));
        var (offset, size) = file.Range(Name, 0, ids.Count);
        (await ReadAsync(blobs, path, offset, size, ct)).CopyTo(System.Runtime.InteropServices.MemoryMarshal.AsBytes(ids.Rows));
        return ids.Rows.ToArray();
    }

    private static async Task<byte[]> ReadAsync(BlobStorage blobs, string path, long offset, long length, CancellationToken ct) =>
        await blobs.ReadRangeAsync(Containers.Rosters, path, offset, length, ct) is { } bytes && bytes.Length == length
            ? bytes
            : throw new EndOfStreamException();
}
