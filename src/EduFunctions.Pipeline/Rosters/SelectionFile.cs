using System.Collections;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Who and what of a roster is in a feed, and what has moved in it lately, as a file; without the findings.</summary>
internal static class SelectionFile
{
    private const string Kind = "selection/1";
    // Named for what it was at first: what an earlier release wrote is read.
    private const string MovementTable = "departures";
    private const string ArrivalTable = "arrivals";
    private const string ContestedTable = "contested";
    private const string ExcusedTable = "excused";
    private const string ValueTable = "values";
    private const string LeftTable = "left";

    /// <param name="roster">Of which it is, under whatever path that is stored.</param>
    /// <param name="owner">Whose it is (<see cref="RosterPath.OwnerOf"/>).</param>
    public static void Write(FeedSelection selection, Roster roster, string? owner, Stream stream) => TableFile.WriteOwned(
        stream, Kind, owner,
        new Facts(
            selection.Persons.Count, selection.Sections.Count, roster.RowsSum(), selection.Extras.Count == 0 ? null : selection.Extras, selection.Terms.Count == 0 ? null : selection.Terms),
        TableBytes.Of("persons", Bytes(selection.Persons)), TableBytes.Of("sections", Bytes(selection.Sections)),
        TableBytes.Of(MovementTable, new Table<Movement>([.. selection.Movements]), static (in row) => row.School),
        TableBytes.Of(ArrivalTable, new Table<Movement>([.. selection.Arrivals]), static (in row) => row.School),
        TableBytes.Of(ContestedTable, Bytes(selection.Contested)), TableBytes.Of(ExcusedTable, Bytes(selection.Excused)),
        TableBytes.Of(ValueTable, new Table<UniqueValue>([.. selection.Values])),
        TableBytes.Of(LeftTable, new Table<LeftPerson>([.. selection.Left]), static (in row) => row.Id));

    /// <param name="owner">Whose it has to be; null for whoever's.</param>
    public static async Task<FeedSelection> ReadAsync(Stream stream, string? owner, CancellationToken ct)
    {
        var file = await TableFile.OpenAsync(stream, Kind, ct);
        file.RequireOwner(owner);
        var facts = file.Facts<Facts>();
        var (persons, sections) = (new Table<byte>(), new Table<byte>());
        var (movements, arrivals) = (new Table<Movement>(), new Table<Movement>());
        var (contested, excused, values) = (new Table<byte>(), new Table<byte>(), new Table<UniqueValue>());
        var left = new Table<LeftPerson>();
        await file.ReadAsync(
            stream,
            [
                TableBytes.Of("persons", persons), TableBytes.Of("sections", sections),
                TableBytes.Of(MovementTable, movements), TableBytes.Of(ArrivalTable, arrivals),
                TableBytes.Of(ContestedTable, contested), TableBytes.Of(ExcusedTable, excused), TableBytes.Of(ValueTable, values),
                TableBytes.Of(LeftTable, left),
            ],
            ct);
        return new FeedSelection(
            new BitArray(persons.Rows.ToArray()) { Length = facts.Persons }, new BitArray(sections.Rows.ToArray()) { Length = facts.Sections },
            new FindingLog())
        {
            RosterSum = facts.RosterSum,
            Extras = facts.Extras ?? new Dictionary<string, int>(),
            Terms = facts.Terms ?? new Dictionary<string, int>(),
            Movements = movements.Rows.ToArray(),
            Arrivals = arrivals.Rows.ToArray(),
            Contested = Bits(contested, facts.Persons),
            Excused = Bits(excused, facts.Persons),
            Values = values.Rows.ToArray(),
            Left = left.Rows.ToArray(),
        };
    }

    private static BitArray? Bits(Table<byte> bytes, int length) => bytes.Count == 0 ? null : new BitArray(bytes.Rows.ToArray()) { Length = length };

    private static Table<byte> Bytes(BitArray? bits)
    {
        if (bits is null)
        {
            return new Table<byte>();
        }

        var bytes = new byte[(bits.Count + 7) / 8];
        bits.CopyTo(bytes, 0);
        return new Table<byte>(bytes);
    }

    private sealed record Facts(int Persons, int Sections, ulong? RosterSum = null, IReadOnlyDictionary<string, int>? Extras = null, IReadOnlyDictionary<string, int>? Terms = null);
}
