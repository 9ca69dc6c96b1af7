using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>One person's decision as the ledger stores it.</summary>
public sealed record LedgerEntry(LedgerFacts Facts, LedgerPerson Person, IReadOnlyList<LedgerStay> Stays, IReadOnlyList<EntityId> Sections)
{
    public IReadOnlyList<LedgerNote> Notes { get; init; } = [];

    /// <summary>Codes of what a feed found on the person.</summary>
    public IEnumerable<string> NotesOf(string feed) => Notes.Where(note => Facts.Feeds[note.Feed] == feed).Select(note => Facts.NoteCodes[note.Code]);

    public bool IsIn(string feed) => Facts.Feeds.Index().Any(named => named.Item == feed && (Person.Feeds & (1u << named.Index)) != 0);
}

/// <summary>
/// The ledger as one file (<c>rosters/{tenant}/{run}/ledger.bin</c>). A table of fences, the first id of every block of persons, lies
/// first: one person is found with five small reads whatever the tenant's size, six where ids are long texts.
/// </summary>
public static class LedgerFile
{
    private const string Kind = "ledger/1";
    private const int BlockSize = 256;
    private const int FirstRead = 64 << 10;

    // Of one person: a few for each feed.
    private const int MostNotes = 256;

    public static void Write(LedgerSource ledger, Stream stream)
    {
        var fences = new Table<EntityId>();
        Span<LedgerPerson> first = stackalloc LedgerPerson[1];
        for (var row = 0; row < ledger.Persons.Count; row += BlockSize)
        {
            ledger.Persons.Make(row, first);
            fences.Add(first[0].Id);
        }

        TableFile.Write(
            stream, Kind, ledger.Facts, TableBytes.Of("fences", fences),
            new MadeTable<LedgerPerson>("persons", ledger.Persons, static (in row) => row.Id),
            new MadeTable<LedgerStay>("stays", ledger.Stays, static (in row) => row.Unit),
            new MadeTable<EntityId>("sections", ledger.Sections, static (in id) => id),
            TableBytes.Of("notes", ledger.Notes, static (in row) => row.Person));
    }

    /// <summary>The whole ledger, for those who compare everybody.</summary>
    public static async Task<Ledger> ReadAsync(Stream stream, CancellationToken ct)
    {
        var file = await TableFile.OpenAsync(stream, Kind, ct);
        var ledger = new Ledger { Facts = file.Facts<LedgerFacts>() };
        await file.ReadAsync(
            stream,
            [
                TableBytes.Of("fences", new Table<EntityId>()),
                TableBytes.Of("persons", ledger.Persons),
                TableBytes.Of("stays", ledger.Stays),
                TableBytes.Of("sections", ledger.Sections),
                TableBytes.Of("notes", ledger.Notes),
            ],
            ct);
        return ledger;
    }

    /// <param name="read">Reads bytes of the file from an offset; fewer at its end.</param>
    public static async Task<LedgerEntry?> FindAsync(Func<long, long, Task<byte[]>> read, EntityId person)
    {
        var start = await read(0, FirstRead);
        var file = TableFile.TryOpen(start, Kind) ?? throw new InvalidDataException("The ledger's header is too long.");
        if (file.Rows(LongIdTexts.Table) is > 0 and var length)
        {
            LongIdTexts.Learn(await RowsAsync<byte>(LongIdTexts.Table, 0, length));
        }

        // An id whose text nothing tells has no place in any order.
        if (!TextIds.IsKnown(person))
        {
            return null;
        }

        var fences = await RowsAsync<EntityId>("fences", 0, file.Rows("fences"));
        var found = fences.AsSpan().BinarySearch(person);
        var block = found >= 0 ? found : ~found - 1;
        if (block < 0)
        {
            return null;
        }

        var first = block * BlockSize;
        var persons = await RowsAsync<LedgerPerson>("persons", first, Math.Min(BlockSize, file.Rows("persons") - first));
        foreach (var row in persons)
        {
            if (row.Id == person)
            {
                return new LedgerEntry(
                    file.Facts<LedgerFacts>(),
                    row,
                    await RowsAsync<LedgerStay>("stays", row.FirstStay, row.Stays),
                    await RowsAsync<EntityId>("sections", row.FirstSection, row.Sections))
                {
                    Notes = await NotesAsync(row),
                };
            }
        }

        return null;

        async Task<LedgerNote[]> NotesAsync(LedgerPerson row)
        {
            var notes = await RowsAsync<LedgerNote>("notes", row.FirstNote, Math.Clamp(file.Rows("notes") - row.FirstNote, 0, MostNotes));
            return [.. notes.TakeWhile(note => note.Person == person)];
        }

        async Task<T[]> RowsAsync<T>(string table, int from, int count)
            where T : unmanaged
        {
            if (count == 0)
            {
                return [];
            }

            var (offset, length) = file.Range(table, from, count);
            var isAtHand = offset + length <= start.Length;
            var bytes = isAtHand ? start.AsMemory((int)offset, (int)length) : await read(offset, length);
            return MemoryMarshal.Cast<byte, T>(bytes.Span).ToArray();
        }
    }
}
