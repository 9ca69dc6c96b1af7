using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>The nodes of Learn's hierarchy: one for each school, and one for the organisation where it is to have one.</summary>
internal sealed class LearnNodes
{
    private readonly byte[] _parent;
    private readonly (byte[] Key, byte[] Name)? _organisation;
    private readonly byte[]?[] _names;
    private readonly EntityId[] _ids;

    public LearnNodes(Roster roster, LearnHierarchy hierarchy, CleanText text)
    {
        _parent = Encoding.UTF8.GetBytes(hierarchy.ParentNode);
        _organisation = hierarchy.Organisation is { } node ? (Encoding.UTF8.GetBytes(node.Key), Encoding.UTF8.GetBytes(node.Name)) : null;
        var units = roster.Units.Rows.ToArray();
        _ids = LearnIds.Of(Array.ConvertAll(units, unit => unit.Id), LearnLimits.TakesNodeKey, "node");
        _names = [.. units.Select((unit, row) => NameOf(text.Clean(roster[unit.Name]), _ids[row]))];
    }

    /// <summary>Key of a school's node; none where Learn does not take the school's name.</summary>
    /// <param name="unit">Row of the units.</param>
    public EntityId this[int unit] => _names[unit] is null ? default : _ids[unit];

    /// <summary>Rows of the units that get none.</summary>
    public IEnumerable<int> Refused => Enumerable.Range(0, _ids.Length).Where(unit => _names[unit] is null);

    /// <summary>All nodes in the order of their keys.</summary>
    public IEnumerable<(byte[] Key, byte[] Parent, byte[] Name)> InOrder()
    {
        var nodes = new List<(byte[] Key, byte[] Parent, byte[] Name)>();
        if (_organisation is { } organisation)
        {
            nodes.Add((organisation.Key, _parent, organisation.Name));
        }

        for (var unit = 0; unit < _ids.Length; unit++)
        {
            if (_names[unit] is { } name)
            {
                nodes.Add((Encoding.UTF8.GetBytes(_ids[unit].ToString()), _organisation?.Key ?? _parent, name));
            }
        }

        nodes.Sort(static (one, other) => one.Key.AsSpan().SequenceCompareTo(other.Key));
        return nodes;
    }

    /// <summary>The node of the organisation, with the one it hangs below.</summary>
    public (byte[] Key, byte[] Parent, byte[] Name)? First => _organisation is { } node ? (node.Key, _parent, node.Name) : null;

    /// <summary>A school without a name is called by its key; null for a name that is too long.</summary>
    private static byte[]? NameOf(ReadOnlySpan<byte> name, EntityId id) =>
        CleanText.IsLonger(name, LearnLimits.NodeName) ? null
        : name.IsEmpty ? Encoding.UTF8.GetBytes(id.ToString())
        : name.ToArray();
}
