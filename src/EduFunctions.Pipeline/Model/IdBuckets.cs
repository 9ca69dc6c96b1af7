namespace EduFunctions.Pipeline.Model;

/// <summary>
/// Rows on their way into the order of ids that are spread evenly, as derived ones are: by its first bits an id falls into a bucket, small enough
/// to be sorted, and its rows to be looked up, within the processor's cache.
/// </summary>
internal sealed class IdBuckets<T>
    where T : unmanaged
{
    private const int Room = 1 << 14;

    /// <summary>Fewer than there is room for: some buckets get more than others.</summary>
    private const int Usual = Room * 7 / 8;

    private readonly Table<EntityId>[] _ids;
    private readonly Table<T>[] _rows;

    /// <param name="rows">Number of rows to expect.</param>
    public IdBuckets(int rows)
    {
        _ids = new Table<EntityId>[1 + (rows / Usual)];
        _rows = new Table<T>[_ids.Length];
        for (var bucket = 0; bucket < _ids.Length; bucket++)
        {
            (_ids[bucket], _rows[bucket]) = (new Table<EntityId>(), new Table<T>());
            _ids[bucket].Reserve(Room);
            _rows[bucket].Reserve(Room);
        }
    }

    /// <summary>Number of buckets; ids of a later one are larger.</summary>
    public int Count => _ids.Length;

    /// <param name="id">A uuid.</param>
    public void Add(EntityId id, T row)
    {
        const int Half = 32;
        var bucket = (int)((id.High >> Half) * (ulong)_ids.Length >> Half);
        _ids[bucket].Add(id);
        _rows[bucket].Add(row);
    }

    public ReadOnlySpan<EntityId> Ids(int bucket) => _ids[bucket].Rows;

    public ReadOnlySpan<T> Rows(int bucket) => _rows[bucket].Rows;
}
