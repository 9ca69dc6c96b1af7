using System.Text.Json;
using System.Text.Json.Nodes;

namespace EduFunctions.Simulators.Schools;

/// <summary>
/// School data with some rows changed, removed or added: the same schools on the next day. The original must not change any more.
/// </summary>
public sealed class EditedSchoolData(ISchoolData original) : ISchoolData
{
    private readonly Lock _access = new();
    private readonly Dictionary<string, CollectionEdits> _edits =
        Collections.All.ToDictionary(name => name, name => new CollectionEdits(original, name));

    public int Count(string collection)
    {
        lock (_access)
        {
            return _edits[collection].Count;
        }
    }

    public void Write(string collection, int index, Utf8JsonWriter writer)
    {
        lock (_access)
        {
            _edits[collection].Write(index, writer);
        }
    }

    /// <summary>Changes the row with this id. It has to be there.</summary>
    public EditedSchoolData Edit(string collection, string id, Action<JsonObject> change) =>
        OnEach(Find(collection, id), index => _edits[collection].Edit(index, change));

    /// <summary>Changes every row that fits. Each row is parsed for the question.</summary>
    public EditedSchoolData Edit(string collection, Func<JsonObject, bool> fits, Action<JsonObject> change) =>
        OnEach(Find(collection, fits), index => _edits[collection].Edit(index, change));

    /// <summary>Removes the row with this id. It has to be there.</summary>
    public EditedSchoolData Remove(string collection, string id) =>
        OnEach(Find(collection, id), index => _edits[collection].Remove(index));

    public EditedSchoolData Remove(string collection, Func<JsonObject, bool> fits) =>
        OnEach(Find(collection, fits), index => _edits[collection].Remove(index));

    public EditedSchoolData Add(string collection, JsonObject row)
    {
        lock (_access)
        {
            _edits[collection].Add(row);
        }

        return this;
    }

    private List<int> Find(string collection, string id)
    {
        var indices = this.IndicesOf(collection, id).ToList();
        return indices.Count > 0 ? indices : throw new ArgumentException($"No row of {collection} has the id {id}.", nameof(id));
    }

    private List<int> Find(string collection, Func<JsonObject, bool> fits) =>
        [.. this.Rows(collection).Index().Where(row => fits(row.Item)).Select(row => row.Index)];

    // From the end, because a removal moves the rows behind it.
    private EditedSchoolData OnEach(List<int> indices, Action<int> edit)
    {
        lock (_access)
        {
            foreach (var index in indices.AsEnumerable().Reverse())
            {
                edit(index);
            }
        }

        return this;
    }
}
