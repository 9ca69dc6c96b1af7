using System.Text;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>
/// Rows that a target was given before somebody became protected, as they may be given again: a name of a school, class or course that tells is the
/// beginning of its own id, and a row that tells all the same is left out.
/// </summary>
internal sealed class DiscreetRows(RowTest isTelling)
{
    private const int ShortId = 8;

    /// <summary>Columns with names of what is nobody.</summary>
    private static readonly HashSet<string> Names = ["location_name", "course_name", "course_number", "class_number", "name", "title"];

    /// <summary>Null for a row that is left out.</summary>
    /// <param name="row">With its id first.</param>
    public string[]? Of(IReadOnlyList<string> header, string[] row)
    {
        if (!Tells(row))
        {
            return row;
        }

        string[] neutral = [.. row.Select((value, column) => column < header.Count && Names.Contains(header[column]) && Tells([value]) ? row[0][..Math.Min(ShortId, row[0].Length)] : value)];
        return Tells(neutral) ? null : neutral;
    }

    private bool Tells(string[] values) => isTelling(Encoding.UTF8.GetBytes(string.Join('\t', values)));
}
