using System.Text.Json;
using System.Text.Json.Nodes;

namespace EduFunctions.Simulators.Schools;

/// <summary>What was done to one collection. Rows nobody touched stay where they are, so a large world stays small.</summary>
internal sealed class CollectionEdits(ISchoolData original, string collection)
{
    // Numbers of rows, in the order in which they are read: the original's own, and behind those the added ones.
    private readonly List<int> _order = [.. Enumerable.Range(0, original.Count(collection))];
    private readonly Dictionary<int, JsonObject> _touched = [];
    private int _next = original.Count(collection);

    public int Count => _order.Count;

    public void Write(int index, Utf8JsonWriter writer)
    {
        if (_touched.TryGetValue(_order[index], out var row))
        {
            row.WriteTo(writer);
        }
        else
        {
            original.Write(collection, _order[index], writer);
        }
    }

    public void Edit(int index, Action<JsonObject> change)
    {
        if (!_touched.TryGetValue(_order[index], out var row))
        {
            _touched[_order[index]] = row = original.Row(collection, _order[index]);
        }

        change(row);
    }

    public void Remove(int index) => _order.RemoveAt(index);

    public void Add(JsonObject row)
    {
        _touched[_next] = row;
        _order.Add(_next++);
    }
}
