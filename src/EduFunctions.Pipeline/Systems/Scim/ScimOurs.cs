namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>Whom and what a file is about: whoever is found at a server otherwise than by our ids is left alone unless it is one of them.</summary>
internal sealed class ScimOurs(IEnumerable<ScimLine> lines)
{
    private readonly HashSet<(ScimType Type, string Id)> _ids = [.. lines.Select(line => (line.Type, line.Id))];

    public bool Has(ScimType type, string id) => _ids.Contains((type, id));

    /// <returns>Those of the server's ids that are of somebody of ours.</returns>
    public async Task<IReadOnlyList<string>> AmongAsync(ScimDirectory directory, ScimType type, IEnumerable<string> places, CancellationToken ct)
    {
        var among = new List<string>();
        foreach (var place in places)
        {
            if (await directory.FindOwnerAsync(type, place, ct) is { } id && Has(type, id))
            {
                among.Add(place);
            }
        }

        return among;
    }
}
