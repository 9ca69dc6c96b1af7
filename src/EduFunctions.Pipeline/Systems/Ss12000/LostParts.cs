using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// What was there in the last pull and is not tonight, without anybody having said that it is gone: rows that others still refer to, references that lead
/// nowhere, lists and values that rows had. Of whatever it was about, targets keep what they have: for this pull, and where the standard requires it, or something
/// stands there that nobody can read, as long as that lasts. It lies in the snapshot, which says the same ever after, whatever becomes of the pull before it.
/// </summary>
internal static class LostParts
{
    private const string Collection = SnapshotManifest.LostReferences;

    /// <summary>From so many on, a list that nobody has any more is a fault of the source and none of rows.</summary>
    private const int Fewest = 10;

    public static async Task StoreAsync(SnapshotWriter snapshot, IReadOnlyList<LostPart> lost, CancellationToken ct)
    {
        if (snapshot.Pages(Collection).Count > 0)
        {
            snapshot.Restart(Collection);
        }

        if (lost.Count > 0)
        {
            await OwnPage.AddAsync(snapshot, Collection, Page(lost), lost.Count, ct);
        }
    }

    public static byte[] Page(IReadOnlyList<LostPart> lost) => JsonSerializer.SerializeToUtf8Bytes(lost);

    public static async Task<IReadOnlyList<LostPart>> ReadAsync(Snapshot snapshot, CancellationToken ct)
    {
        var lost = new List<LostPart>();
        foreach (var page in snapshot.Pages(Collection))
        {
            using var body = await snapshot.ReadPageAsync(Collection, page, ct);
            lost.AddRange(JsonSerializer.Deserialize<List<LostPart>>(body.Bytes)!);
        }

        return lost;
    }

    /// <summary>Asked before rows are linked: by then enrolments have placements among them.</summary>
    /// <param name="isAccepted">Whether an operator has said that it is right.</param>
    [Told]
    public static void Judge(IReadOnlyList<LostPart> lost, SourceData data, bool isAccepted)
    {
        foreach (var same in lost.GroupBy(part => (part.Collection, part.Property)))
        {
            if (!isAccepted && same.Count() >= Fewest && PropertyOwners.Count(data, entities: 1, same.Key.Property) == 0)
            {
                data.Refusal ??= $"No row of {same.Key.Collection} has {same.Key.Property} any more, which {same.Count()} had in the last pull, so nothing is handed on. "
                    + "Ask the source's support; if it is right, run again with --accept-shrink.";
            }
        }
    }

    /// <summary>Whose names are gone. Somebody who has left may have been made anonymous, which is asked first.</summary>
    public static IEnumerable<EntityId> Unnamed(IReadOnlyList<LostPart> lost) => lost.Where(IsName)
        .Select(part => IdText.TryParse(Encoding.UTF8.GetBytes(part.Entity), out var id) ? id : default);

    /// <param name="staying">Who, of the unnamed, still stands somewhere.</param>
    public static void Doubt(IReadOnlyList<LostPart> lost, IReadOnlySet<EntityId> staying, SourceData data)
    {
        // A row that is gone may be the one whose id nobody can read, which is told of already.
        var told = data.Misread.Select(value => (value.Collection, value.Entity, value.Property)).ToHashSet();
        var nameless = data.Misread.Where(value => value.Entity.IsNone).Select(value => value.Collection).ToHashSet(StringComparer.Ordinal);
        foreach (var part in lost)
        {
            var isKnown = IdText.TryParse(Encoding.UTF8.GetBytes(part.Entity), out var entity);
            if (IsName(part) && !staying.Contains(entity))
            {
                continue;
            }

            if (isKnown)
            {
                data.Doubts.Add(new DoubtRow(part.Kind, entity));
            }

            var isTold = part.Property == LostPart.WholeRow && nameless.Contains(part.Collection);
            if (!isTold && IdText.TryParse(Encoding.UTF8.GetBytes(part.Row), out var row) && told.Add((part.Collection, row, part.Property)))
            {
                data.Note(new MisreadValue(part.Collection, part.Page, KindOf(part.Collection), row, part.Property, "what the row had in the last pull", "nothing"));
            }
        }
    }

    private static bool IsName(LostPart part) => part is { Kind: EntityKind.Person, Property: "givenName" or "familyName" };

    private static EntityKind KindOf(string collection) => collection switch
    {
        "organisations" => EntityKind.Unit,
        "syllabuses" => EntityKind.Syllabus,
        "groups" => EntityKind.Group,
        "placements" => EntityKind.Placement,
        "duties" => EntityKind.Duty,
        "activities" => EntityKind.Activity,
        _ => EntityKind.Person,
    };
}
