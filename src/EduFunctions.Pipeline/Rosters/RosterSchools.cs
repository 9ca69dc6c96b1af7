using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>What the schools of a stored roster are called: a name that told of somebody then has become a neutral one. Reads nobody else of the roster.</summary>
internal static class RosterSchools
{
    private static readonly Dictionary<string, string> None = [];

    /// <summary>By id; none of a roster that is gone or cannot be read.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> FindAsync(BlobStorage blobs, string roster, CancellationToken ct)
    {
        try
        {
            return await RosterTables.OpenAsync(blobs, roster, RosterFile.Kind, ct) is { } tables ? await ReadAsync(tables, ct) : None;
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return None;
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(RosterTables roster, CancellationToken ct)
    {
        var texts = new TextHeap();
        texts.Add(TextChunk.From(Roster.OtherTexts, await roster.BytesAsync(RosterFile.OtherTexts, ct)));
        var units = await roster.ReadAsync<RosterUnit>(RosterFile.Units, ct);
        return units.Rows.ToArray().ToDictionary(unit => unit.Id.ToString(), unit => texts.ToString(unit.Name));
    }
}
