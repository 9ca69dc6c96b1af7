using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>
/// Rows that a target was given before somebody became protected, as they may be given again: a name of a school, class or course that tells is the
/// beginning of its own id, and a row that tells all the same is left out with those that refer to it. For all files of one delivery, in their order.
/// </summary>
/// <param name="columns">Of the feed.</param>
internal sealed class DiscreetRows(RowTest isTelling, TypedColumns columns)
{
    private const int ShortId = 8;

    /// <summary>Columns with the name of a school: without its row everybody there would be gone, so it stays, and what then still tells stops the files.</summary>
    private static readonly HashSet<string> Schools = ["location_name", "name"];

    /// <summary>Columns with names of what is nobody.</summary>
    private static readonly HashSet<string> Names = [.. Schools, "course_name", "course_number", "class_number", "title", "code", "courseCode", "classCode"];

    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    /// <summary>Whether any row told.</summary>
    public bool HasAny { get; private set; }

    /// <summary>All of a file, in which a row may refer to a later one.</summary>
    public List<string[]> Of(IReadOnlyList<string> header, IEnumerable<string[]> rows)
    {
        List<string[]> kept = [.. rows.Select(row => Of(header, row)).OfType<string[]>()];
        for (var gone = 0; gone < _gone.Count;)
        {
            gone = _gone.Count;
            kept = [.. kept.Select(row => Noted(header, row, WithoutGone(header, row))).OfType<string[]>()];
        }

        return kept;
    }

    /// <summary>Null for a row that is left out.</summary>
    /// <param name="row">With its id first, or with the ids of what it refers to where it has none.</param>
    public string[]? Of(IReadOnlyList<string> header, string[] row)
    {
        var kept = WithoutGone(header, row);
        return Noted(header, row, kept is null || !Tells(header, kept) ? kept : Neutral(header, kept));
    }

    /// <summary>Only what has an id of its own is referred to.</summary>
    private string[]? Noted(IReadOnlyList<string> header, string[] row, string[]? kept)
    {
        if (kept is null && FirstReference(header) > 0)
        {
            _gone.Add(row[0]);
        }

        return kept;
    }

    /// <summary>Null when what it refers to is left out, and is not one of several.</summary>
    private string[]? WithoutGone(IReadOnlyList<string> header, string[] row)
    {
        if (_gone.Count == 0)
        {
            return row;
        }

        var rest = row.ToArray();
        for (var column = FirstReference(header); column < Math.Min(rest.Length, header.Count); column++)
        {
            if (header[column].StartsWith("instructor_id", StringComparison.Ordinal) || header[column].EndsWith("Ids", StringComparison.Ordinal))
            {
                rest[column] = string.Join(',', rest[column].Split(',').Where(id => !_gone.Contains(id)));
            }
            else if (columns.KindOf(header[column]) == PartKind.Key && _gone.Contains(rest[column]))
            {
                return null;
            }
        }

        return rest;
    }

    /// <summary>Rows such as the roles of School Data Sync begin with the user whose they are.</summary>
    private static int FirstReference(IReadOnlyList<string> header) => header.Count > 0 && header[0].EndsWith("SourcedId", StringComparison.Ordinal) ? 0 : 1;

    private string[]? Neutral(IReadOnlyList<string> header, string[] row)
    {
        HasAny = true;
        var name = row[0][..Math.Min(ShortId, row[0].Length)];
        string[] neutral = [.. row.Select((value, column) => column < header.Count && Names.Contains(header[column]) && Tells([header[column]], [value]) ? name : value)];
        return Tells(header, neutral) && !header.Any(Schools.Contains) ? null : neutral;
    }

    private bool Tells(IReadOnlyList<string> header, string[] values) =>
        isTelling(Encoding.UTF8.GetBytes(string.Join('\t', values.Where((value, column) => column >= header.Count || IsText(header[column], value)))));

    private bool IsText(string title, string value) => columns.KindOf(title) is not { } kind || (kind == PartKind.Key && !OpaqueKey.Is(Encoding.UTF8.GetBytes(value)));
}
