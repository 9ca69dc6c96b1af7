using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Listing;

/// <summary>What a feed's plan changes at its target, id by id, and whom the guard keeps as they were, or away. Pure.</summary>
/// <param name="difference">Between what was delivered last and what goes while nobody answers.</param>
/// <param name="columns">What of a row goes otherwise.</param>
/// <param name="nameOf">Of a school.</param>
internal sealed class PlanRows(RosterDifference difference, ChangedColumns columns, Func<EntityId, string?> nameOf)
{
    /// <summary>The kind of their rows.</summary>
    public static readonly string Guardians = KindOf(RowKind.Guardians);

    /// <summary>The code of what goes.</summary>
    public static readonly string Removed = Word(Change.Removed);

    /// <summary>All that there are.</summary>
    public static readonly IReadOnlyList<string> Codes =
        [Word(Change.Added), Word(Change.Changed), Removed, CodeOf(Change.Added), CodeOf(Change.Changed), CodeOf(Change.Removed)];

    /// <param name="kept">Whom the guard keeps.</param>
    /// <param name="waiting">What of them would go otherwise, if nobody kept it; null when nobody is kept.</param>
    /// <param name="schoolOf">Of somebody who is to come, and waits.</param>
    public IEnumerable<ListedRow> Of(IReadOnlyList<KeptPerson> kept, ChangedColumns? waiting, Func<EntityId, EntityId> schoolOf) =>
    [
        .. difference.PersonRows.Moving.Rows.ToArray().Select(rank => Row(difference.PersonRows[rank], difference.PersonId(rank))),
        .. difference.SectionRows.Moving.Rows.ToArray().Select(rank => Row(difference.SectionRows[rank], difference.SectionId(rank))),
        .. Memberships(Change.Added, difference.AddedMembers, difference.Now),
        .. Memberships(Change.Removed, difference.RemovedMembers, difference.Before),
        .. kept.Select(person => Row(CodeOf((Change)person.Change), (RowKind)person.Kind, person.Id, default, SchoolOf(person.Id, schoolOf)) with
        {
            Columns = waiting?.Of((RowKind)person.Kind, person.Id),
        }),
    ];

    private IEnumerable<ListedRow> Memberships(Change change, Table<int> rows, RosterSide side)
    {
        foreach (var row in rows.Rows.ToArray())
        {
            var member = side.Roster.Members[row];
            var section = side.Roster.Sections[member.Section];
            yield return Row(Word(change), RowKind.Memberships, side.Roster.Persons[member.Person].Id, section.Id, side.Roster.Units[section.Unit].Id);
        }
    }

    private ListedRow Row(RankedRow row, EntityId id) =>
        Row(Word(row.Change), row.Kind, id, default, difference.UnitId(row.School)) with { Columns = columns.Of(row.Kind, id) };

    private ListedRow Row(string code, RowKind kind, EntityId id, EntityId refersTo, EntityId school) => new(
        code, KindOf(kind), id.ToString(), Text(refersTo), Text(school), school.IsNone ? null : nameOf(school));

    private EntityId SchoolOf(EntityId person, Func<EntityId, EntityId> schoolOf) =>
        difference.FindPerson(person) is >= 0 and var rank && difference.UnitId(difference.PersonRows[rank].School) is { IsNone: false } school ? school : schoolOf(person);

    private static string CodeOf(Change change) => change switch { Change.Added => FeedReasons.Waiting, Change.Removed => FeedReasons.Staying, _ => FeedReasons.Unchanged };

    private static string KindOf(RowKind kind) => kind.ToString().ToLowerInvariant();

    private static string Word(Change change) => change.ToString().ToLowerInvariant();

    private static string? Text(EntityId id) => id.IsNone ? null : id.ToString();
}
