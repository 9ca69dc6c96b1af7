using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Storage;

/// <summary>
/// Tables of fixed-size rows one after the other, behind a header that says where each lies: written and read as blocks of memory, and any
/// row can be read alone. Layout: 8 bytes magic, 4 bytes length of the header (little-endian), header in JSON, tables, checksums. A table that a reader
/// does not know is passed over, one that a file does not have is empty; what no table can say otherwise is another version of the kind (docs/upgrading.md).
/// </summary>
public sealed class TableFile
{
    private const int Prefix = 12;
    private const int MostHeader = 1 << 26;
    private const int MostBlock = 1 << 20;

    private readonly IReadOnlyList<TablePlace> _inOrder;
    private readonly Dictionary<string, TablePlace> _places;
    private readonly JsonElement _facts;
    private readonly long _tablesStart;
    private readonly ulong _headerSum;
    private readonly bool _hasSums;
    private readonly string? _owner;
    private ulong _idTextsSum;

    private TableFile(TableHeader header, ReadOnlySpan<byte> start)
    {
        Require(header.Tables);
        _inOrder = header.Tables;
        _places = header.Tables.ToDictionary(table => table.Name, StringComparer.Ordinal);
        _facts = header.Facts;
        _tablesStart = start.Length;
        _headerSum = XxHash3.HashToUInt64(start);
        _hasSums = header.HasSums;
        _owner = header.Owner;
    }

    private static ReadOnlySpan<byte> Magic => "EDUTABLE"u8;

    /// <param name="kind">What the file is, with its version: a reader refuses another.</param>
    /// <param name="facts">Small things beside the tables.</param>
    public static void Write<TFacts>(Stream stream, string kind, TFacts facts, params IReadOnlyList<IStoredTable> tables) =>
        WriteOwned(stream, kind, owner: null, facts, tables);

    /// <inheritdoc cref="Write"/>
    /// <param name="owner">Whose it is, so that it is nothing in another one's place; null for whoever's.</param>
    public static void WriteOwned<TFacts>(Stream stream, string kind, string? owner, TFacts facts, params IReadOnlyList<IStoredTable> tables)
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

        var header = new TableHeader(kind, JsonSerializer.SerializeToElement(facts, Serialization.Compact), places, HasSums: true) { Owner = owner };
        var json = JsonSerializer.SerializeToUtf8Bytes(header, Serialization.Compact);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, json.Length);
        var summing = new SummingStream(stream);
        summing.Write(Magic);
        summing.Write(length);
        summing.Write(json);
        var sums = new List<ulong> { summing.Take() };
        foreach (var table in tables)
        {
            table.Write(summing);
            sums.Add(summing.Take());
        }

        TableSums.Write(stream, sums);
    }

    /// <summary>Reads the header from the file's first bytes; null when they do not hold all of it.</summary>
    /// <param name="kind">With a slash at its end any version of it: for a table that is the same in all.</param>
    /// <exception cref="InvalidDataException">It is no such file, or one of another version.</exception>
    public static TableFile? TryOpen(ReadOnlySpan<byte> start, string kind)
    {
        RequireMagic(start, kind);
        var length = HeaderLength(start);
        if (start.Length < Prefix + length)
        {
            return null;
        }

        if (JsonSerializer.Deserialize<TableHeader>(start.Slice(Prefix, length), Serialization.Compact)
            is not { Kind: not null, Tables: not null, Facts.ValueKind: not JsonValueKind.Undefined } header)
        {
            throw new InvalidDataException("The header of the file is damaged: it is not whole.");
        }

        return header.Kind == kind || (kind.EndsWith('/') && header.Kind.StartsWith(kind, StringComparison.Ordinal))
            ? new TableFile(header, start[..(Prefix + length)])
            : throw new InvalidDataException($"The file is of kind {header.Kind}, expected was {kind}. Repeat the run: it writes anew.");
    }

    /// <summary>Reads the header and the texts of ids, and leaves the stream at the first table.</summary>
    public static async Task<TableFile> OpenAsync(Stream stream, string kind, CancellationToken ct)
    {
        var prefix = new byte[Prefix];
        await stream.ReadExactlyAsync(prefix, ct);
        RequireMagic(prefix, kind);
        var start = new byte[Prefix + HeaderLength(prefix)];
        prefix.CopyTo(start, 0);
        await stream.ReadExactlyAsync(start.AsMemory(Prefix), ct);
        var file = TryOpen(start, kind)!;
        if (file.Rows(LongIdTexts.Table) is > 0 and var length)
        {
            var texts = new byte[length];
            await stream.ReadExactlyAsync(texts, ct);
            LongIdTexts.Learn(texts);
            file._idTextsSum = XxHash3.HashToUInt64(texts);
        }

        return file;
    }

    /// <param name="owner">Null for whoever's; a file of 0.9.0 does not say.</param>
    /// <exception cref="InvalidDataException">It is another one's.</exception>
    public void RequireOwner(string? owner)
    {
        if (owner is not null && _owner is not null && owner != _owner)
        {
            throw new InvalidDataException($"The file is that of {_owner}, expected was that of {owner}.");
        }
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

    /// <summary>Fills tables from a stream that stands at the first of them, and reads it to its end.</summary>
    /// <exception cref="EndOfStreamException">The file is cut.</exception>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public async Task ReadAsync(Stream stream, IReadOnlyList<TableBytes> tables, CancellationToken ct)
    {
        foreach (var table in tables)
        {
            table.Resize(Rows(table.Name));
        }

        var sums = new List<ulong> { _headerSum };
        var block = ArrayPool<byte>.Shared.Rent((int)Math.Min(MostBlock, _inOrder.Select(place => (long)place.Rows * place.RowSize).DefaultIfEmpty().Max()));
        try
        {
            foreach (var place in _inOrder)
            {
                sums.Add(place.Name == LongIdTexts.Table
                    ? _idTextsSum
                    : await ReadAsync(stream, place, tables.FirstOrDefault(table => table.Name == place.Name), block, ct));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        await TableSums.RequireAsync(stream, sums, _hasSums, ct);
    }

    /// <param name="table">Null for one that is passed over.</param>
    /// <returns>The checksum of what was read.</returns>
    private static async Task<ulong> ReadAsync(Stream stream, TablePlace place, TableBytes? table, byte[] block, CancellationToken ct)
    {
        if (table is not null && table.RowSize != place.RowSize)
        {
            throw new InvalidDataException($"The table {place.Name} has rows of {place.RowSize} bytes, expected were {table.RowSize}.");
        }

        var sum = new XxHash3();
        var size = (long)place.Rows * place.RowSize;
        for (var done = 0L; done < size;)
        {
            var part = block.AsMemory(0, (int)Math.Min(block.Length, size - done));
            await stream.ReadExactlyAsync(part, ct);
            sum.Append(part.Span);
            if (table is not null)
            {
                part.Span.CopyTo(table.Bytes()[(int)done..]);
            }

            done += part.Length;
        }

        return sum.GetCurrentHashAsUInt64();
    }

    /// <summary>A header whose places do not follow on each other is damaged: nothing may be looked for by it.</summary>
    private static void Require(IReadOnlyList<TablePlace> places)
    {
        var offset = 0L;
        foreach (var place in places)
        {
            if (place.Name is null || place.Offset != offset || place.Rows < 0 || place.RowSize <= 0)
            {
                throw new InvalidDataException($"The header of the file is damaged at its table {place.Name}.");
            }

            offset += (long)place.Rows * place.RowSize;
        }

        if (places.DistinctBy(place => place.Name).Count() != places.Count)
        {
            throw new InvalidDataException("The header of the file is damaged: a table is there twice.");
        }
    }

    private static int HeaderLength(ReadOnlySpan<byte> start) => BinaryPrimitives.ReadInt32LittleEndian(start[8..]) is > 0 and < MostHeader and var length
        ? length
        : throw new InvalidDataException("The header of the file is damaged: it has no length.");

    private static void RequireMagic(ReadOnlySpan<byte> start, string kind)
    {
        if (start.Length < Prefix || !start.StartsWith(Magic))
        {
            throw new InvalidDataException($"This is no {kind} file.");
        }
    }
}

/// <param name="HasSums">Whether checksums follow the tables; false in files of 0.9.0.</param>
internal sealed record TableHeader(string Kind, JsonElement Facts, IReadOnlyList<TablePlace> Tables, bool HasSums = false)
{
    /// <summary>Whose the file is, null for whoever's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Owner { get; init; }
}

internal sealed record TablePlace(string Name, long Offset, int Rows, int RowSize);
