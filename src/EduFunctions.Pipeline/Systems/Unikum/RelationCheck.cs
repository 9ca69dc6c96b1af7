using System.Text;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Types, operations, order, ids, and that what is added refers to objects of the file or of earlier ones.</summary>
/// <param name="layout">Which column is which.</param>
/// <param name="objects">Ids by kind; null when nobody knows which objects there are.</param>
/// <param name="organisation">Id of the one organisation; null for files of others, which may have any.</param>
internal sealed class RelationCheck(RelationLayout layout, IReadOnlyList<IdSet>? objects, string? organisation) : IRowCheck
{
    private readonly byte[]? _organisation = organisation is null ? null : Encoding.UTF8.GetBytes(organisation);
    private readonly IdSet _added = new();
    private readonly IdSet _left = new();
    private readonly Range[] _fields = new Range[4];
    private (bool IsRemoval, int Type, byte[] Key) _before = (false, 0, []);

    public byte Separator => layout.Delimiter;

    public RowFault? Find(ReadOnlySpan<byte> row)
    {
        if (!layout.TryRead(row, _fields))
        {
            return new RowFault(UnikumTargetRules.RelationColumns, -1, "row");
        }

        var subject = row[_fields[0]];
        var @object = row[_fields[1]];
        var number = RelationType.Find(row[_fields[2]]);
        var isRemoval = row[_fields[3]].SequenceEqual(RelationLayout.Remove);
        return number < 0 ? Fault(UnikumTargetRules.RelationType, 2, "type")
            : !isRemoval && !row[_fields[3]].SequenceEqual(RelationLayout.Add) ? Fault(UnikumTargetRules.Operation, 3, "operation")
            : !IsId(subject) ? Fault(UnikumTargetRules.RelationId, 0, "subject")
            : !IsId(@object) ? Fault(UnikumTargetRules.RelationId, 1, "object")
            : !isRemoval && !Exists(RelationType.All[number].Subject, subject) ? Fault(UnikumTargetRules.Reference, 0, "subject")
            : !isRemoval && !Exists(RelationType.All[number].Object, @object) ? Fault(UnikumTargetRules.Reference, 1, "object")
            : FindOrder(isRemoval, number, subject, @object);
    }

    private RowFault Fault(TargetRule rule, int field, string column) => new(rule, layout.PlaceOf(field), column);

    private static bool IsId(ReadOnlySpan<byte> id) => !id.IsEmpty && id.IndexOfAnyExcept(PrincipalCheck.IdAlphabet) < 0;

    private bool Exists(ObjectKind kind, ReadOnlySpan<byte> id) =>
        kind == ObjectKind.Organisation ? _organisation is null || id.SequenceEqual(_organisation) : objects is null || objects[(int)kind].Contains(id);

    /// <summary>Adds by rising type, removals by falling, within a type by rising ids.</summary>
    private RowFault? FindOrder(bool isRemoval, int type, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> @object)
    {
        byte[] key = [.. subject, (byte)'\t', .. @object];
        var before = _before;
        _before = (isRemoval, type, key);
        byte[] relation = [(byte)('0' + type), .. key];
        var isUndone = isRemoval ? _added.Contains(relation) : !_added.Add(relation);
        var isLate = !isRemoval && _left.Contains(subject);
        if (isRemoval && RelationType.All[type].Subject == ObjectKind.User)
        {
            _left.Add(subject);
        }

        var isInOrder = before.Key.Length == 0
            || (before.IsRemoval == isRemoval && before.Type == type && before.Key.AsSpan().SequenceCompareTo(key) < 0)
            || (before.IsRemoval == isRemoval && (isRemoval ? before.Type > type : before.Type < type))
            || (!before.IsRemoval && isRemoval);
        return isUndone ? new RowFault(UnikumTargetRules.Undone, -1, "row")
            : isLate && _organisation is null ? new RowFault(UnikumTargetRules.AddsFirst, -1, "row")
            : isInOrder || _organisation is null ? null
            : new RowFault(UnikumTargetRules.Order, -1, "row");
    }
}
