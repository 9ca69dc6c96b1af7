using System.Text.Json;
using System.Text.Json.Nodes;

namespace EduFunctions.Simulators.Schools;

/// <summary>What was done to one collection. Rows nobody touched stay where they are, so a large world stays small.</summary>
internal sealed class CollectionEdits(ISchoolData original, string collection)
{
    // Numbers of rows, in the order in which they are read: the original's own, and behind those the added ones.
    private readonly List<int> order = [.. Enumerable.Range(0, original.Count(collection))];
    private readonly Dictionary<int, JsonObject> touched = [];
    private int next = original.Count(collection);

    public int Count => order.Count;

    public void Write(int index, Utf8JsonWriter writer)
    {
        if (touched.TryGetValue(order[index], out var row))
        {
            row.WriteTo(writer);
        }
        else
        {
            original.Write(collection, order[index], writer);
        }
    }

    public void Edit(int index, Action<JsonObject> change)
    {
        if (!touched.TryGetValue(order[index], out var row))
        {
            touched[order[index]] = row = original.Row(collection, order[index]);
        }

        change(row);
    }

    public void Remove(int index) => order.RemoveAt(index);

    public void Add(JsonObject row)
    {
        touched[next] = row;
        order.Add(next++);
    }
}
