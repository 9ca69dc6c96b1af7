using System.Buffers;
using System.Text.Json;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Whom nothing but a look-up has told of, and on whom it is silent now, although the pull still refers to them. They lie in a collection of their own and are
/// handed on from pull to pull, until a list, a look-up or a deletion tells of them or nobody refers to them any more; as long, targets keep what they have.
/// </summary>
internal static class SilentPersons
{
    private const string Collection = "persons-silent-lookup";

    /// <param name="missing">Who is referred to and was not handed out.</param>
    /// <param name="gone">Who is said to be deleted.</param>
    /// <returns>How many of them an earlier pull has had from a look-up.</returns>
    public static async Task<int> KeepAsync(SnapshotWriter snapshot, IReadOnlyList<EntityId> missing, IReadOnlySet<EntityId>? gone, CancellationToken ct)
    {
        if (snapshot.Pages(Collection).Count > 0)
        {
            snapshot.Restart(Collection);
        }

        var known = missing.Count > 0 && await snapshot.FindEarlierAsync(ct) is { } earlier ? await KnownAsync(earlier, ct) : [];
        var silent = missing.Where(id => known.Contains(id) && gone?.Contains(id) != true).ToList();
        if (silent.Count > 0)
        {
            await OwnPage.AddAsync(snapshot, Collection, Body(silent), silent.Count, ct);
        }

        return silent.Count;
    }

    [Told]
    public static PullNote Note(int silent) => new(
        PullNote.LookUpSilent, PersonLookup.Collection,
        $"The look-up of persons does not answer for {silent} to whom the source still refers, and for whom it answered before. They are not removed. Take the "
        + "references to who has left out of the school register, or report it to the source's support.");

    /// <summary>Targets keep what they have of them.</summary>
    public static async Task DoubtAsync(Snapshot snapshot, SourceData data, CancellationToken ct)
    {
        foreach (var id in await IdsAsync(snapshot, Collection, ct))
        {
            data.Doubts.Add(new DoubtRow(EntityKind.Person, id));
        }
    }

    private static async Task<HashSet<EntityId>> KnownAsync(Snapshot earlier, CancellationToken ct) =>
        [.. await IdsAsync(earlier, PersonLookup.Collection, ct), .. await IdsAsync(earlier, Collection, ct)];

    private static async Task<List<EntityId>> IdsAsync(Snapshot snapshot, string collection, CancellationToken ct)
    {
        var ids = new List<EntityId>();
        foreach (var page in snapshot.Pages(collection))
        {
            using var body = await snapshot.ReadPageAsync(collection, page, ct);
            ids.AddRange(PageRow.AllOf(JsonText.WithoutMark(body.Bytes)).Select(row => row.Id).Where(id => !id.IsNone));
        }

        return ids;
    }

    private static byte[] Body(List<EntityId> ids)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartArray();
            foreach (var id in ids)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, id.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return body.WrittenSpan.ToArray();
    }
}
