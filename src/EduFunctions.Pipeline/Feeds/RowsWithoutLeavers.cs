using System.Text;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>
/// A file that a target was given last, without those who leave it by keys alone: for nights on which nothing else may be sent to a target that takes
/// whoever is missing as gone.
/// </summary>
/// <param name="discreet">The same for all files.</param>
/// <param name="persons">Columns that name whom a row is about: it goes.</param>
/// <param name="lists">Columns that name several others: the row stays without them.</param>
internal sealed class RowsWithoutLeavers(Leavers leavers, DiscreetRows discreet, IReadOnlyCollection<string> persons, IReadOnlyCollection<string> lists)
{
    private bool _hasLeavers;

    /// <summary>Whether a file that was read has to be another one: somebody was in it, or a name that tells.</summary>
    public bool HasAny => _hasLeavers || discreet.HasAny;

    /// <summary>What stays, below the header.</summary>
    public List<string[]> Read(Stream file)
    {
        var rows = Rfc4180.Read(file).ToList();
        var header = rows.FirstOrDefault() ?? [];
        return discreet.Of(header, rows.Skip(1).Where(row => Stays(header, row)).Select(row => WithoutListed(header, row)));
    }

    private bool Stays(string[] header, string[] row)
    {
        var leaves = header.Index().Any(column => persons.Contains(column.Item) && IsLeaving(row[column.Index]));
        _hasLeavers |= leaves;
        return !leaves;
    }

    private string[] WithoutListed(string[] header, string[] row)
    {
        foreach (var (column, _) in header.Index().Where(column => lists.Contains(column.Item)))
        {
            var listed = row[column].Split(',');
            var stay = Array.FindAll(listed, id => !IsLeaving(id));
            _hasLeavers |= stay.Length < listed.Length;
            row[column] = string.Join(',', stay);
        }

        return row;
    }

    private bool IsLeaving(string id) => leavers.Has(Encoding.UTF8.GetBytes(id));
}
