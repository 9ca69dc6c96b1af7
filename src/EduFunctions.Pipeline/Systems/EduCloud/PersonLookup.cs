using System.Buffers;
using System.Text.Json;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.EduCloud;

/// <summary>
/// Asks by id for persons that the pull refers to but the list did not hand out, mostly guardians. Whom the source does not hand
/// out on asking either stays a dangling reference.
/// </summary>
internal sealed class PersonLookup(PageFetcher pages, SnapshotWriter snapshot)
{
    public const string Collection = "persons-lookup";

    private const int BatchSize = 200;

    /// <param name="missing">In order, so that a repeated look-up asks the same.</param>
    public async Task RunAsync(IReadOnlyList<EntityId> missing, CollectionIds persons, CancellationToken ct)
    {
        // A killed look-up begins anew: which batches were halved is not on record, and they are few.
        snapshot.Restart(Collection);
        var batches = new Stack<EntityId[]>(missing.Chunk(BatchSize).Reverse());
        while (batches.TryPop(out var batch))
        {
            var mayHalve = batch.Length > 1;
            var answer = await pages.LookUpAsync(snapshot.Pages(Collection).Count, Body(batch), mayHalve, persons, ct);
            if (answer.Page is { } page)
            {
                await snapshot.AddAsync(Collection, page.Page, page.Gzipped, ct);
            }
            else if (answer.IsTooLarge)
            {
                batches.Push(batch[(batch.Length / 2)..]);
                batches.Push(batch[..(batch.Length / 2)]);
            }
            else
            {
                // Not every key pair may look up; the references stay dangling, which is a finding.
                return;
            }
        }
    }

    private static byte[] Body(EntityId[] ids)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("ids");
            foreach (var id in ids)
            {
                json.WriteStringValue(id.ToString());
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.WrittenSpan.ToArray();
    }
}

/// <summary>What a look-up came to: a page, too large an answer for the source, or no look-up for this key pair.</summary>
internal sealed record LookUpAnswer(FetchedPage? Page, bool IsTooLarge);
