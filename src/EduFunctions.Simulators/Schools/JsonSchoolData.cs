using System.Text.Json;
using System.Text.Json.Nodes;

namespace EduFunctions.Simulators.Schools;

/// <summary>A little world made of JSON objects, row by row.</summary>
public sealed class JsonSchoolData : ISchoolData
{
    private readonly Dictionary<string, List<JsonObject>> rows = Collections.All.ToDictionary(name => name, _ => new List<JsonObject>());

    /// <summary>The rows of a collection; add, change and remove them freely while nobody reads.</summary>
    public IList<JsonObject> this[string collection] => rows[collection];

    public int Count(string collection) => rows[collection].Count;

    public void Write(string collection, int index, Utf8JsonWriter writer) => rows[collection][index].WriteTo(writer);
}
