using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>A stored roster of which some tables are read, and not those of the people.</summary>
internal sealed class RosterTables
{
    private const int HeaderSize = 1 << 16;

    private readonly BlobStorage _blobs;
    private readonly string _path;
    private readonly TableFile _file;

    private RosterTables(BlobStorage blobs, string path, TableFile file) => (_blobs, _path, _file) = (blobs, path, file);

    /// <param name="kind">With a slash at its end any version: for tables that are the same in all.</param>
    /// <returns>Null when there is no such roster.</returns>
    public static async Task<RosterTables?> OpenAsync(BlobStorage blobs, string path, string kind, CancellationToken ct)
    {
        if (await blobs.ReadRangeAsync(Containers.Rosters, path, 0, HeaderSize, ct) is not { } start || TableFile.TryOpen(start, kind) is not { } file)
        {
            return null;
        }

        file.RequireOwner(RosterPath.OwnerOf(path));
        var tables = new RosterTables(blobs, path, file);
        if (file.Rows(LongIdTexts.Table) > 0)
        {
            LongIdTexts.Learn(await tables.BytesAsync(LongIdTexts.Table, ct));
        }

        return tables;
    }

    public async Task<Table<T>> ReadAsync<T>(string name, CancellationToken ct)
        where T : unmanaged
    {
        var table = new Table<T>();
        table.Resize(_file.Rows(name));
        (await BytesAsync(name, ct)).CopyTo(MemoryMarshal.AsBytes(table.Rows));
        return table;
    }

    /// <exception cref="EndOfStreamException">The file is cut.</exception>
    public async Task<byte[]> BytesAsync(string name, CancellationToken ct)
    {
        if (_file.Rows(name) == 0)
        {
            return [];
        }

        var (offset, length) = _file.Range(name, 0, _file.Rows(name));
        return await _blobs.ReadRangeAsync(Containers.Rosters, _path, offset, length, ct) is { } bytes && bytes.Length == length
            ? bytes
            : throw new EndOfStreamException();
    }
}
