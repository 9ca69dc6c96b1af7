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

    /// <summary>The same of some of its sections.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> FindSectionsAsync(BlobStorage blobs, string roster, IReadOnlySet<string> wanted, CancellationToken ct)
    {
        try
        {
            return await RosterTables.OpenAsync(blobs, roster, RosterFile.Kind, ct) is { } tables ? await ReadSectionsAsync(tables, wanted, ct) : None;
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return None;
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadAsync(RosterTables roster, CancellationToken ct)
    {
        var texts = await TextsAsync(roster, ct);
        var units = await roster.ReadAsync<RosterUnit>(RosterFile.Units, ct);
        return units.Rows.ToArray().ToDictionary(unit => unit.Id.ToString(), unit => texts.ToString(unit.Name));
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadSectionsAsync(RosterTables roster, IReadOnlySet<string> wanted, CancellationToken ct)
    {
        var texts = await TextsAsync(roster, ct);
        var sections = await roster.ReadAsync<RosterSection>(RosterFile.Sections, ct);
        return sections.Rows.ToArray().Where(section => wanted.Contains(section.Id.ToString())).DistinctBy(section => section.Id)
            .ToDictionary(section => section.Id.ToString(), section => texts.ToString(section.Name));
    }

    private static async Task<TextHeap> TextsAsync(RosterTables roster, CancellationToken ct)
    {
        var texts = new TextHeap();
        texts.Add(TextChunk.From(Roster.OtherTexts, await roster.BytesAsync(RosterFile.OtherTexts, ct)));
        return texts;
    }
}
