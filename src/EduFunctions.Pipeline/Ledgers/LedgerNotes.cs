using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>What the feeds of a run found on single persons, in the order of the persons.</summary>
internal sealed class LedgerNotes
{
    private readonly Dictionary<EntityId, int> _first = [];

    public LedgerNotes(IReadOnlyList<LedgerFeed> feeds)
    {
        Codes = [.. feeds.SelectMany(feed => feed.Findings.Rows.Keys).Distinct().Order(StringComparer.Ordinal)];
        var numbers = Codes.Index().ToDictionary(code => code.Item, code => code.Index, StringComparer.Ordinal);
        var notes = new HashSet<LedgerNote>();
        foreach (var (feed, setup) in feeds.Index())
        {
            foreach (var (code, rows) in setup.Findings.Rows)
            {
                notes.UnionWith(rows.Where(row => row.Kind == EntityKind.Person && !row.Entity.IsNone).Select(row => new LedgerNote(row.Entity, feed, numbers[code])));
            }
        }

        Rows = new Table<LedgerNote>([.. notes.OrderBy(note => note.Person).ThenBy(note => note.Feed).ThenBy(note => note.Code)]);
        for (var row = Rows.Count - 1; row >= 0; row--)
        {
            _first[Rows[row].Person] = row;
        }
    }

    public IReadOnlyList<string> Codes { get; }

    public Table<LedgerNote> Rows { get; }

    /// <summary>0 for whom there is none: the note there is another person's.</summary>
    public int FirstOf(EntityId person) => _first.GetValueOrDefault(person);
}
