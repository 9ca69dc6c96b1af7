using System.Text;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Listing;

/// <summary>A column of a row that is not as it was.</summary>
/// <param name="Before">Null for nothing, and for what is withheld.</param>
/// <param name="Now">The same of what it becomes.</param>
/// <param name="IsWithheld">Whether the reader is told that it is another, and not what.</param>
public sealed record ChangedColumn(string Column, string? Before, string? Now, bool IsWithheld = false);

/// <summary>What becomes of the columns of a row between two rosters. Of who comes or goes it is the names alone, for those who may read names. Pure.</summary>
/// <param name="withNames">Whether the reader may read names.</param>
/// <param name="values">By what protected persons would be recognised: a text that tells of one is told to nobody.</param>
/// <param name="isHidden">Who is protected: of them nothing is told, not even that somebody belongs to them.</param>
internal sealed class ChangedColumns(Roster before, Roster now, bool withNames, ProtectedValues values, Predicate<EntityId> isHidden)
{
    private static readonly ColumnValue[] None = [];

    private readonly RosterValues _before = new(before, isHidden);
    private readonly RosterValues _now = new(now, isHidden);
    private readonly RowScan _scan = new(values);

    /// <summary>Null for a row of which nothing can be told.</summary>
    public IReadOnlyList<ChangedColumn>? Of(RowKind kind, EntityId id)
    {
        if (isHidden(id))
        {
            return null;
        }

        var (was, becomes) = (_before.Of(kind, id), _now.Of(kind, id));
        var columns = was is null || becomes is null
            ? Pairs(was, becomes).Where(pair => pair.Openness == Openness.Name && withNames)
            : Pairs(was, becomes);
        return columns.Where(pair => pair.Before != pair.Now).Select(Told).ToList() is { Count: > 0 } changed ? changed : null;
    }

    private static IEnumerable<(string Column, Openness Openness, string Before, string Now)> Pairs(IReadOnlyList<ColumnValue>? was, IReadOnlyList<ColumnValue>? becomes) =>
        (was ?? becomes ?? None).Select((column, at) => (column.Column, column.Openness, was?[at].Text ?? "", becomes?[at].Text ?? ""));

    private ChangedColumn Told((string Column, Openness Openness, string Before, string Now) pair) =>
        pair.Openness == Openness.Open || (pair.Openness == Openness.Name && withNames)
            ? new ChangedColumn(pair.Column, Text(pair.Before), Text(pair.Now))
            : new ChangedColumn(pair.Column, null, null, IsWithheld: true);

    private string? Text(string text) =>
        text.Length == 0 ? null : _scan.FindInText(Encoding.UTF8.GetBytes(text)).Count > 0 ? Discretion.Withheld : text;
}
