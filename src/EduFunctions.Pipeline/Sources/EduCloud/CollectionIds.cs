using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources.EduCloud;

/// <summary>The ids of one collection's entities and, by collection, the ids they refer to, noted while the pages pass by.</summary>
internal sealed class CollectionIds
{
    public IdBag Own { get; } = new();

    public Dictionary<string, IdBag> References { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads one entity, which the reader stands on, to its end.</summary>
    public void Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        var depth = json.CurrentDepth;
        string? target = null;
        var targetDepth = 0;
        while (json.Read() && json.CurrentDepth > depth)
        {
            if (json.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (json.ValueTextEquals("id"u8))
            {
                Note(ref json, depth, target, targetDepth);
            }
            else if (TargetOf(ref json) is { } named)
            {
                // The reference is the next object, or the objects of the next array.
                (target, targetDepth) = (named, json.CurrentDepth);
            }
            else if (json.CurrentDepth <= targetDepth)
            {
                // Another property: what follows is not the reference any more.
                target = null;
            }
        }
    }

    private void Note(ref Utf8JsonReader json, int depth, string? target, int targetDepth)
    {
        var at = json.CurrentDepth;
        json.Read();
        if (json.TokenType != JsonTokenType.String || json.ValueIsEscaped || !EntityId.TryParse(json.ValueSpan, out var id))
        {
            json.Skip();
        }
        else if (at == depth + 1)
        {
            Own.Add(id);
        }
        else if (target is not null && at > targetDepth && at <= targetDepth + 2)
        {
            (References.TryGetValue(target, out var ids) ? ids : References[target] = new IdBag()).Add(id);
        }
    }

    /// <summary>The collection that a property's reference leads to; null for a property that is no reference.</summary>
    private static string? TargetOf(ref Utf8JsonReader json) =>
        json.ValueTextEquals("person"u8) || json.ValueTextEquals("child"u8) ? "persons"
        : json.ValueTextEquals("enroledAt"u8) || json.ValueTextEquals("organisation"u8) || json.ValueTextEquals("dutyAt"u8)
            || json.ValueTextEquals("placedAt"u8) || json.ValueTextEquals("parentOrganisation"u8) ? "organisations"
        : json.ValueTextEquals("group"u8) || json.ValueTextEquals("groups"u8) ? "groups"
        : json.ValueTextEquals("duty"u8) ? "duties"
        : json.ValueTextEquals("syllabus"u8) ? "syllabuses"
        : null;
}
