using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>What became of a row in the delivery begun last.</summary>
internal static class KnownMark
{
    public const string Kept = "=";
    public const string Brought = "+";
    public const string Taken = "-";
}

/// <summary>A row that the target may have: its hash, and what is needed to take it away; nothing else of anybody.</summary>
internal sealed record KnownFormRow(string File, string Id, string Mark, string Hash, IReadOnlyList<string> Needed)
{
    public string[] Fields => [File, Id, Mark, Hash, .. Needed];

    public static KnownFormRow Of(CsvFile file, string[] row, string mark) =>
        new(file.Name, row[0], mark, Rfc4180.Hash(row).ToString("x32", System.Globalization.CultureInfo.InvariantCulture), [.. OneRosterRemoval.Needed(file, row)]);
}

/// <summary>
/// What a target may have, as the delivery begun last has left it, file by file in the order of the ids. Until that delivery is confirmed, what it
/// brought may be there or not, and what it took too.
/// </summary>
internal sealed class OneRosterKnown : IDisposable
{
    public const string FileName = "oneroster.held.csv";

    private readonly IEnumerator<KnownFormRow> _rows;
    private readonly bool _isConfirmed;

    private OneRosterKnown(IEnumerable<KnownFormRow> rows, bool isConfirmed)
    {
        (_rows, _isConfirmed) = (rows.Where(row => !isConfirmed || row.Mark != KnownMark.Taken).GetEnumerator(), isConfirmed);
        Next();
    }

    /// <summary>Null at the end.</summary>
    public KnownFormRow? Current { get; private set; }

    /// <summary>Nothing when nothing is known.</summary>
    public static OneRosterKnown Of(KnownFiles before) =>
        before.Find(FileName) is { } content ? new OneRosterKnown(Read(content), before.IsConfirmed(FileName)) : new OneRosterKnown([], isConfirmed: true);

    public static IEnumerable<KnownFormRow> Read(Stream content) => Rfc4180.Read(content).Select(row => new KnownFormRow(row[0], row[1], row[2], row[3], row[4..]));

    public void Next() => Current = _rows.MoveNext() ? _rows.Current : null;

    /// <summary>Whether the target has the row just so for certain.</summary>
    public bool Has(KnownFormRow row) => Current is { } known && known.Hash == row.Hash && (_isConfirmed ? known.Mark != KnownMark.Taken : known.Mark == KnownMark.Kept);

    public void Dispose() => _rows.Dispose();
}
