using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Storage;

/// <summary>
/// Tables of fixed-size rows one after the other, behind a header that says where each lies: written and read as blocks of memory, and any
/// row can be read alone. Layout: 8 bytes magic, 4 bytes length of the header (little-endian), header in JSON, tables.
/// </summary>
public sealed class TableFile
{
    private const int Prefix = 12;

    private readonly Dictionary<string, TablePlace> _places;
    private readonly JsonElement _facts;
    private readonly long _tablesStart;

    private TableFile(TableHeader header, long tablesStart)
    {
        _places = header.Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        _facts = header.Facts;
        _tablesStart = tablesStart;
    }

    private static ReadOnlySpan<byte> Magic => "EDUTABLE"u8;

    /// <param name="kind">What the file is, with its version: a reader refuses another.</param>
    /// <param name="facts">Small things beside the tables.</param>
    public static void Write<TFacts>(Stream stream, string kind, TFacts facts, params IReadOnlyList<IStoredTable> tables)
    {
        var offset = 0L;
        var places = new List<TablePlace>();
        var idTexts = LongIdTexts.Of(tables);
        if (idTexts.Length > 0)
        {
            tables = [TableBytes.Of(LongIdTexts.Table, new Table<byte>(idTexts)), .. tables];
        }

        foreach (var table in tables)
        {
            places.Add(new TablePlace(table.Name, offset, table.Rows, table.RowSize));
            offset += (long)table.Rows * table.RowSize;
        }

        var header = new TableHeader(kind, JsonSerializer.SerializeToElement(facts, Serialization.Compact), places);
        var json = JsonSerializer.SerializeToUtf8Bytes(header, Serialization.Compact);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        stream.Write(Magic);
        stream.Write(length);
        stream.Write(json);
        foreach (var table in tables)
        {
            table.Write(stream);
        }
    }

    /// <summary>Reads the header from the file's first bytes; null when they do not hold all of it.</summary>
    /// <param name="kind">With a slash at its end any version of it: for a table that is the same in all.</param>
    /// <exception cref="InvalidDataException">It is no such file, or one of another version.</exception>
    public static TableFile? TryOpen(ReadOnlySpan<byte> start, string kind)
    {
        RequireMagic(start, kind);
        var length = BinaryPrimitives.ReadInt32LittleEndian(start[8..]);
        if (start.Length < Prefix + length)
        {
            return null;
        }

        var header = JsonSerializer.Deserialize<TableHeader>(start.Slice(Prefix, length), Serialization.Compact)!;
        return header.Kind == kind || (kind.EndsWith('/') && header.Kind.StartsWith(kind, StringComparison.Ordinal))
            ? new TableFile(header, Prefix + length)
            : throw new InvalidDataException($"The file is of kind {header.Kind}, expected was {kind}. Repeat the run: it writes anew.");
    }

    /// <summary>Reads the header and the texts of ids, and leaves the stream at the first table.</summary>
    public static async Task<TableFile> OpenAsync(Stream stream, string kind, CancellationToken ct)
    {
        var prefix = new byte[Prefix];
        await stream.ReadExactlyAsync(prefix, ct);
        RequireMagic(prefix, kind);
        var start = new byte[Prefix + BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(8))];
        prefix.CopyTo(start, 0);
        await stream.ReadExactlyAsync(start.AsMemory(Prefix), ct);
        var file = TryOpen(start, kind)!;
        if (file.Rows(LongIdTexts.Table) is > 0 and var length)
        {
            var texts = new byte[length];
            await stream.ReadExactlyAsync(texts, ct);
            LongIdTexts.Learn(texts);
        }

        return file;
    }

    public TFacts Facts<TFacts>() => _facts.Deserialize<TFacts>(Serialization.Compact)!;

    /// <summary>The rows of a table, none when the file does not have it.</summary>
    public int Rows(string table) => _places.GetValueOrDefault(table)?.Rows ?? 0;

    /// <summary>Where some rows of a table lie in the file, in bytes.</summary>
    public (long Offset, long Length) Range(string table, int first, int count)
    {
        var place = _places[table];
        return (_tablesStart + place.Offset + ((long)first * place.RowSize), (long)count * place.RowSize);
    }

    /// <summary>Fills tables from a stream that stands at the first of them; they come in the order in which they were written.</summary>
    /// <exception cref="EndOfStreamException">The file is cut.</exception>
    public async Task ReadAsync(Stream stream, IReadOnlyList<TableBytes> tables, CancellationToken ct)
    {
        var block = ArrayPool<byte>.Shared.Rent(1 << 20);
        try
        {
            foreach (var table in tables.Where(table => Rows(table.Name) == 0))
            {
                // Also one that an older release did not write.
                table.Resize(0);
            }

            foreach (var table in tables.Where(table => Rows(table.Name) > 0))
            {
                var size = _places.ContainsKey(table.Name) ? Range(table.Name, 0, Rows(table.Name)).Length : 0;
                table.Resize(Rows(table.Name));
                for (var done = 0; done < size;)
                {
                    var part = block.AsMemory(0, (int)Math.Min(block.Length, size - done));
                    await stream.ReadExactlyAsync(part, ct);
                    part.Span.CopyTo(table.Bytes()[done..]);
                    done += part.Length;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static void RequireMagic(ReadOnlySpan<byte> start, string kind)
    {
        if (start.Length < Prefix || !start.StartsWith(Magic))
        {
            throw new InvalidDataException($"This is no {kind} file.");
        }
    }
}

internal sealed record TableHeader(string Kind, JsonElement Facts, IReadOnlyList<TablePlace> Tables);

internal sealed record TablePlace(string Name, long Offset, int Rows, int RowSize);
