using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <content>Objects that stand for others by their id.</content>
internal ref partial struct PageWalker
{
    private const string References = "objects with an id";

    /// <summary>The id of an object.</summary>
    public EntityId Reference() => ReferenceBy(_json.Name);

    /// <summary>The same of an item of a list, which goes by the list's name.</summary>
    public EntityId ItemReference() => ReferenceBy([]);

    /// <summary>The row an id leads to; -1, and noted as dangling, when the pull does not have it.</summary>
    /// <param name="property">Where the reference stands.</param>
    public readonly int Find<T>(EntityTable<T> table, EntityId id, string property)
        where T : unmanaged
    {
        var row = id.IsNone ? -1 : table.Find(id);
        if (table.IsListed)
        {
            NoteDangling(row, id, property);
        }

        return row;
    }

    /// <summary>The same for all <see cref="Ids"/> of a list; holds until the next list.</summary>
    /// <param name="property">Where the references stand.</param>
    public readonly ReadOnlySpan<int> FindAll<T>(EntityTable<T> table, string property)
        where T : unmanaged
    {
        _found.Resize(Ids.Count);
        table.Find(Ids.Rows, _found.Rows);
        for (var at = 0; at < Ids.Count; at++)
        {
            NoteDangling(_found[at], Ids[at], property);
        }

        return _found.Rows;
    }

    private readonly void NoteDangling(int row, EntityId id, string property)
    {
        if (row < 0 && !id.IsNone)
        {
            _findings.Add((FindingCodes.ReferenceDangling, id, _names.Of(Part, property)));
        }
    }

    private EntityId ReferenceBy(ReadOnlySpan<byte> name)
    {
        var (id, found) = (default(EntityId), "an object without one");
        if (IsNull)
        {
            return id;
        }

        if (!IsObject)
        {
            Misread(name, References, JsonKind.Of(_json.Type));
            Skip();
            return id;
        }

        while (NextProperty())
        {
            if (!Is("id"u8))
            {
                Skip();
            }
            else if (!TryId(out id))
            {
                found = $"{JsonKind.Of(_json.Type)} as id";
                Skip();
            }
        }

        if (id.IsNone)
        {
            Misread(name, References, found);
        }

        return id;
    }
}
