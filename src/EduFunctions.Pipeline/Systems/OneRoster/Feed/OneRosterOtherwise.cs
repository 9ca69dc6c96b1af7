using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>
/// Rows that stay at a target and may not stay as they are, since they have a name that tells by now, or the id of somebody who leaves: as they are to be. What
/// the target has is known by a hash alone, so a row counts only where what was given last has that hash.
/// </summary>
internal sealed class OneRosterOtherwise
{
    private static readonly CsvFile[] Kept = [CsvForm.Orgs, CsvForm.Courses, CsvForm.Users, CsvForm.Classes];

    private readonly Dictionary<(string File, string Id), (string Hash, string[] Row)> _rows = [];

    public static OneRosterOtherwise Of(FeedInput input)
    {
        var otherwise = new OneRosterOtherwise();
        if (input.Given is { } given)
        {
            var discreet = new DiscreetRows(input.IsTelling, OneRosterText.Columns);
            foreach (var (was, stays) in new OneRosterContent(given.Was).Files.Zip(new OneRosterContent(given.Stays).Files).Where(pair => Kept.Contains(pair.First.File)))
            {
                otherwise.Add(was, stays, discreet);
            }
        }

        return otherwise;
    }

    /// <summary>Null for a row that may stay as it is, or of which nothing more is known.</summary>
    public string[]? TryFind(KnownFormRow known) =>
        known.Mark != KnownMark.Taken && _rows.TryGetValue((known.File, known.Id), out var other) && other.Hash == known.Hash ? other.Row : null;

    /// <summary>Both are in the order of the ids, and nothing stays that was not there.</summary>
    private void Add(FormFile was, FormFile stays, DiscreetRows discreet)
    {
        string[] header = [.. was.File.Columns.Select(column => column.Name)];
        using var rows = stays.Rows.GetEnumerator();
        var isThere = rows.MoveNext();
        foreach (var before in was.Rows)
        {
            if (!isThere || rows.Current[0] != before[0])
            {
                continue;
            }

            if (!rows.Current.AsSpan().SequenceEqual(before) && discreet.Of(header, rows.Current) is { } row)
            {
                _rows[(was.File.Name, before[0])] = (KnownFormRow.Of(was.File, before, KnownMark.Kept).Hash, row);
            }

            isThere = rows.MoveNext();
        }
    }
}
