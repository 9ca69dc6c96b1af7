using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>Compares what a server has with what it should have, kind by kind. Reads whole lists, and changes nothing.</summary>
internal sealed class ScimDrift(ScimServer server, ScimDirectory directory)
{
    private const int SampleSize = 10;

    private readonly ScimReferences _references = new(directory);
    private readonly ScimLists _lists = new(server, directory.Listing);
    private readonly SortedDictionary<(string Kind, string What), List<string>> _found = [];

    /// <param name="wanted">Lines that bring everything.</param>
    public async Task<IReadOnlyList<Drift>> FindAsync(IReadOnlyList<ScimLine> wanted, CancellationToken ct)
    {
        var ids = ScimType.InOrder.ToDictionary(type => type, type => wanted.Where(line => line.Type == type).Select(line => line.Id).ToHashSet(StringComparer.Ordinal));
        foreach (var type in ScimType.InOrder.Where(type => ids[type].Count > 0))
        {
            await directory.PrepareAsync(type, ids[type], ids[type], ids[type], ct);
            await CountOthersAsync(type, ids[type], ct);
        }

        foreach (var line in wanted)
        {
            await CompareAsync(line, ct);
        }

        return [.. _found.Select(found => new Drift(found.Key.Kind, found.Key.What, found.Value.Count, [.. found.Value.Where(id => id.Length > 0).Order(StringComparer.Ordinal).Take(SampleSize)]))];
    }

    /// <summary>What is not ours is counted and not named: it may be anybody.</summary>
    private async Task CountOthersAsync(ScimType type, HashSet<string> wanted, CancellationToken ct)
    {
        await foreach (var resource in directory.Listing.AllAsync(type, ct))
        {
            var isOurs = ScimText.Of(resource["externalId"]) is { } id && wanted.Contains(id);
            if (!isOurs && ScimText.Says(resource["active"], otherwise: true) && !(type.List is { } list && IsEmpty(resource[list])))
            {
                Note(type, "in use and not ours", "");
            }
        }
    }

    private async Task CompareAsync(ScimLine line, CancellationToken ct)
    {
        try
        {
            if (await directory.FindAsync(line.Type, line.Id, ct) is not { } has)
            {
                Note(line.Type, "missing", line.Id);
                return;
            }

            var (resource, _) = await _references.ResolveAsync(line.Resource!, ct);
            foreach (var path in ScimPatch.Between(resource, has).Select(operation => ScimText.Of(operation["path"])!))
            {
                Note(line.Type, $"another {path}", line.Id);
            }

            if (line.Type is { List: not null, Linked: { } linked })
            {
                await CompareListAsync(line, await _lists.FindAsync(line.Type, ScimText.IdOf(has)!, has, ct), linked, ct);
            }
        }
        catch (ScimRowException)
        {
            Note(line.Type, "there twice", line.Id);
        }
    }

    private async Task CompareListAsync(ScimLine line, JsonArray? there, ScimType linked, CancellationToken ct)
    {
        if (there is null)
        {
            Note(line.Type, $"{line.Type.List} that are not told", line.Id);
            return;
        }

        var (places, _) = await _references.ResolveAsync(linked, line.Add, ct);
        var has = there.Select(ScimPatch.ValueOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (places.Any(place => !has.Contains(place)))
        {
            Note(line.Type, $"{line.Type.List} missing", line.Id);
        }

        if (has.Except(places).Any())
        {
            Note(line.Type, $"{line.Type.List} that are not ours", line.Id);
        }
    }

    private static bool IsEmpty(JsonNode? list) => list is null or JsonArray { Count: 0 };

    private void Note(ScimType type, string what, string id)
    {
        if (!_found.TryGetValue((type.Endpoint, what), out var ids))
        {
            _found[(type.Endpoint, what)] = ids = [];
        }

        ids.Add(id);
    }
}
