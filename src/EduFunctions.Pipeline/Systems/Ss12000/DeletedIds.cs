using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What answers of <c>deletedEntities</c> say is gone, by collection: in place of rows, their <c>data</c> is an object of lists of ids.</summary>
internal sealed class DeletedIds : CollectionIds
{
    /// <summary>What names have in them that may be another one for something that is pulled.</summary>
    private static readonly string[] Ours =
    [
        "person", "people", "user", "student", "pupil", "elev", "staff", "personal", "teacher", "larare", "guardian", "group", "grupp", "class", "klass", "dut", "tjanst",
        "employ", "placement", "organi", "unit", "school", "activit", "syllab", "subject", "course", "entit", "id", "item", "deleted", "removed", "data",
    ];

    /// <summary>The one collection of the standard whose name has such a word and that is not pulled.</summary>
    private const string Offerings = "schoolUnitOfferings";

    private readonly Dictionary<string, HashSet<EntityId>> _collections = new(StringComparer.Ordinal);

    public IReadOnlySet<EntityId> this[string collection] => _collections.TryGetValue(collection, out var ids) ? ids : new HashSet<EntityId>();

    public bool IsEmpty => _collections.Values.All(ids => ids.Count == 0);

    /// <summary>Reads the object on which the reader stands to its end. An empty list is what some servers make of an empty object.</summary>
    /// <returns>How many ids it has.</returns>
    /// <exception cref="PageFailedException">It is not said clearly what is gone.</exception>
    public int ReadCollections(ref Utf8JsonReader json)
    {
        var (count, type) = (0, json.TokenType);
        if (type != JsonTokenType.StartObject && !(type == JsonTokenType.StartArray && json.Read() && json.TokenType == JsonTokenType.EndArray))
        {
            throw new PageFailedException($"data is {JsonKind.Alone(type)} and no object of lists of ids");
        }

        if (type == JsonTokenType.StartArray)
        {
            return 0;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = Encoding.UTF8.GetString(JsonText.Of(ref json, out _));
            json.Read();
            if (CollectionOf(name) is not { } collection)
            {
                Pass(name, ref json);
            }
            else if (json.TokenType != JsonTokenType.Null)
            {
                count += ReadIds(ref json, collection);
            }
        }

        return count;
    }

    /// <summary>The standard misspells one of its own collections, and others write them in other cases.</summary>
    private static string? CollectionOf(string property) => property.Equals("activitites", StringComparison.OrdinalIgnoreCase)
        ? "activities"
        : RegisterSource.Collections.FirstOrDefault(collection => collection.Equals(property, StringComparison.OrdinalIgnoreCase));

    /// <summary>Passes over what is not pulled. What nobody knows may be persons by another name.</summary>
    private static void Pass(string name, ref Utf8JsonReader json)
    {
        var depth = json.CurrentDepth;
        var isEmpty = json.TokenType switch
        {
            JsonTokenType.StartArray or JsonTokenType.StartObject => json.Read() && json.CurrentDepth == depth,
            JsonTokenType.String => json.ValueSpan.IsEmpty,
            _ => true,
        };
        if (!isEmpty && !name.Equals(Offerings, StringComparison.OrdinalIgnoreCase) && MayBeOurs(name))
        {
            throw new PageFailedException(
                $"data says that something is deleted under {(name.Length <= 40 && name.All(char.IsAsciiLetter) ? $"\"{name}\"" : "a name")}, which is no collection of the standard");
        }

        while (!isEmpty && json.CurrentDepth > depth && json.Read())
        {
        }
    }

    private static bool MayBeOurs(string name) => !name.All(char.IsAsciiLetter) || Array.Exists(Ours, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

    private int ReadIds(ref Utf8JsonReader json, string collection)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw new PageFailedException($"{collection} of data is {JsonKind.Alone(json.TokenType)} and no list of ids");
        }

        var (ids, count) = (_collections.TryGetValue(collection, out var known) ? known : _collections[collection] = [], 0);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.String || !IdText.TryParse(JsonText.Of(ref json, out _), out var id))
            {
                throw new PageFailedException($"what stands in {collection} of data is {JsonKind.Alone(json.TokenType)} and no id");
            }

            ids.Add(id);
            count++;
        }

        return count;
    }
}
