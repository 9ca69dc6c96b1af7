using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What answers of <c>deletedEntities</c> say is gone, by collection: in place of rows, their <c>data</c> is an object of lists of ids.</summary>
internal sealed class DeletedIds : CollectionIds
{
    private readonly Dictionary<string, HashSet<EntityId>> _collections = new(StringComparer.Ordinal);

    public IReadOnlySet<EntityId> this[string collection] => _collections.TryGetValue(collection, out var ids) ? ids : new HashSet<EntityId>();

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
            var name = NameOf(Encoding.UTF8.GetString(JsonText.Of(ref json, out _)));
            json.Read();
            if (!RegisterSource.Collections.Contains(name) || json.TokenType == JsonTokenType.Null)
            {
                json.Skip();
            }
            else
            {
                count += ReadIds(ref json, name);
            }
        }

        return count;
    }

    /// <summary>The standard misspells one of its own collections.</summary>
    private static string NameOf(string property) => property == "activitites" ? "activities" : property;

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
                throw new PageFailedException($"an id in {collection} of data is {JsonKind.Of(json.TokenType)} and no id");
            }

            ids.Add(id);
            count++;
        }

        return count;
    }
}
