using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Whether a server does what it answers to have done: the resource in its answer says so. Where it shows none, or not what was asked for, it is looked at,
/// until the server was once seen doing that.
/// </summary>
internal sealed class ScimSight(ScimDirectory directory, ScimLists lists, ScimAbilities abilities)
{
    private readonly HashSet<(HttpMethod Method, ScimType Type, string Attribute)> _proven = [];
    private readonly HashSet<(ScimType Type, string Attribute)> _blind = [];
    private readonly HashSet<ScimType> _parts = [];

    /// <summary>What nobody sees, for the receipt; null where all is seen.</summary>
    [Told]
    public string? Caveat => _parts.Count == 0 ? null
        : $"the server shows only a part of {string.Join(", ", _parts.Select(type => type.List))}, so that nobody sees whether all are in them";

    /// <summary>Whether all that is in a list of the kind is shown, as far as anybody has seen.</summary>
    public bool ShowsAll(ScimType type) => !_parts.Contains(type);

    /// <param name="shown">The resource in the answer; null for none.</param>
    /// <returns>Attributes that are not as they were asked for.</returns>
    public async Task<IReadOnlyList<string>> FindUndoneAsync(HttpMethod method, ScimChange change, JsonObject? shown, CancellationToken ct)
    {
        if (abilities.OurIds)
        {
            return [];
        }

        var (undone, untold) = shown is null ? ([], [.. change.Asked]) : change.Compare(shown);
        Prove(method, change, [.. undone, .. untold]);
        var unsure = untold.Where(root => !_proven.Contains((method, change.Type, root)) && !_blind.Contains((change.Type, root))).ToList();
        if (undone.Count == 0 && unsure.Count > 0)
        {
            shown = await directory.ReadAsync(change.Type, change.Place, ct);
            (undone, untold) = shown is null ? ([], [.. change.Asked]) : change.Compare(shown);
            Prove(method, change, [.. undone, .. untold]);
            _blind.UnionWith(untold.Intersect(unsure).Select(root => (change.Type, root)));
        }

        return change.HasList && await IsListUndoneAsync(method, change, shown, ct) ? [.. undone, change.Type.List!] : undone;
    }

    private void Prove(HttpMethod method, ScimChange change, IReadOnlyCollection<string> others) =>
        _proven.UnionWith(change.Asked.Except(others).Select(root => (method, change.Type, root)));

    private async Task<bool> IsListUndoneAsync(HttpMethod method, ScimChange change, JsonObject? shown, CancellationToken ct)
    {
        var (type, key) = (change.Type, (method, change.Type, change.Type.List!));
        if (shown?[type.List!] is not JsonArray && (_proven.Contains(key) || _blind.Contains((type, type.List!))))
        {
            return false;
        }

        if (ScimChange.Ids(await lists.FindAsync(type, change.Place, shown, ct)) is not { } there)
        {
            // Perhaps it shows no list, perhaps it has taken none of what it was created with: another way tells.
            var mayHaveNone = method == HttpMethod.Post && change.Add.Count > 0;
            _ = mayHaveNone || _blind.Add((type, type.List!));
            return mayHaveNone;
        }

        if (method == HttpMethod.Patch && !_parts.Contains(type) && change.IsInstead(there))
        {
            return true;
        }

        var isShown = change.Add.All(there.Contains);
        if (isShown && !change.Gone.Any(there.Contains))
        {
            _proven.Add(key);
            return false;
        }

        // A list that is short when all is said once more may be that of a server which was restored: it is a part where the whole was put, or changes are seen.
        var isSure = method != HttpMethod.Patch || change.Keep.Count > 0 || _proven.Contains(key);
        if (!isShown && ((change.ShowsPart && (isSure || await IsHiddenAsync(change, there, ct))) || change.Coming.Any(there.Contains)))
        {
            _parts.Add(type);
        }

        return change.Gone.Any(there.Contains) || !_parts.Contains(type);
    }

    /// <summary>To put the whole costs those their place who are neither ours nor shown: so the server is asked first whether it finds by whom it does not show.</summary>
    private async Task<bool> IsHiddenAsync(ScimChange change, IReadOnlySet<string> there, CancellationToken ct) =>
        abilities.Filter && change.Coming.FirstOrDefault(place => !there.Contains(place)) is { } hidden && await lists.HidesAsync(change.Type, change.Place, hidden, ct);
}
