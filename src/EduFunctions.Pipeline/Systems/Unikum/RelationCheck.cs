using System.Text;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Types, operations, order, ids, and that what is added refers to objects of the file or of earlier ones.</summary>
internal sealed class RelationCheck : IRowCheck
{
    private readonly RelationLayout _layout;
    private readonly byte[] _organisation;
    private readonly IdSet[] _objects = [.. PrincipalFormat.All.Select(_ => new IdSet())];
    private readonly IdSet _added = new();
    private readonly Range[] _fields = new Range[4];
    private (bool IsRemoval, int Type, byte[] Key) _before = (false, 0, []);

    /// <param name="objects">All objects that Unikum has when the file before has been read.</param>
    public RelationCheck(UnikumSettings settings, Stream objects)
    {
        (_layout, _organisation) = (settings.Layout, Encoding.UTF8.GetBytes(settings.OrganisationId));
        for (var known = new KnownLines(objects, 2, isConfirmed: true); known.IsThere; known.Read())
        {
            _objects[known.Key[0] - '0'].Add(known.Key[2..]);
        }
    }

    public (string Column, string Rule)? Find(ReadOnlySpan<byte> row)
    {
        if (!_layout.TryRead(row, _fields))
        {
            return ("row", "has another number of columns than the layout");
        }

        var (subject, @object) = (_fields[0], _fields[1]);
        var number = RelationType.Find(row[_fields[2]]);
        var isRemoval = row[_fields[3]].SequenceEqual(RelationLayout.Remove);
        return number < 0 ? ("type", "is unknown")
            : !isRemoval && !row[_fields[3]].SequenceEqual(RelationLayout.Add) ? ("operation", "is unknown")
            : !IsId(row[subject]) ? ("subject", "is no id")
            : !IsId(row[@object]) ? ("object", "is no id")
            : !isRemoval && !Exists(RelationType.All[number].Subject, row[subject]) ? ("subject", "does not refer to any object")
            : !isRemoval && !Exists(RelationType.All[number].Object, row[@object]) ? ("object", "does not refer to any object")
            : FindOrder(isRemoval, number, row[subject], row[@object]);
    }

    private static bool IsId(ReadOnlySpan<byte> id) => !id.IsEmpty && id.IndexOfAnyExcept(PrincipalCheck.IdAlphabet) < 0;

    private bool Exists(ObjectKind kind, ReadOnlySpan<byte> id) =>
        kind == ObjectKind.Organisation ? id.SequenceEqual(_organisation) : _objects[(int)kind].Contains(id);

    /// <summary>Adds by rising type, removals by falling, within a type by rising ids.</summary>
    private (string Column, string Rule)? FindOrder(bool isRemoval, int type, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> @object)
    {
        byte[] key = [.. subject, (byte)'\t', .. @object];
        var before = _before;
        _before = (isRemoval, type, key);
        byte[] relation = [(byte)('0' + type), .. key];
        var isUndone = isRemoval ? _added.Contains(relation) : !_added.Add(relation);
        var isInOrder = before.Key.Length == 0
            || (before.IsRemoval == isRemoval && before.Type == type && before.Key.AsSpan().SequenceCompareTo(key) < 0)
            || (before.IsRemoval == isRemoval && (isRemoval ? before.Type > type : before.Type < type))
            || (!before.IsRemoval && isRemoval);
        return isUndone ? ("row", "must not take away, or repeat, what the file has added")
            : isInOrder ? null
            : ("row", "must stand in order: what is added by type, then what is removed by type from the last to the first, each by ids");
    }
}
