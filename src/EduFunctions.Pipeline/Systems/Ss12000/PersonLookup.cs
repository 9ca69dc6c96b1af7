using System.Buffers;
using System.Text.Json;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Asks by id for persons that the pull refers to but the list did not hand out, mostly guardians. Whom the source does not hand
/// out on asking either stays a dangling reference.
/// </summary>
internal sealed class PersonLookup(PageFetcher pages, SnapshotWriter snapshot)
{
    public const string Collection = "persons-lookup";

    private const int BatchSize = 200;

    /// <summary>
    /// Unknown ids one after the other after which a source that has known none is taken to have no look-up at all: asking on would take a request for
    /// every person.
    /// </summary>
    private const int MostUnknown = 10;

    /// <param name="missing">In order, so that a repeated look-up asks the same.</param>
    /// <returns>Why the source was not asked for all; null when it was.</returns>
    public async Task<string?> RunAsync(IReadOnlyList<EntityId> missing, CollectionIds persons, CancellationToken ct)
    {
        // A killed look-up begins anew: which batches were halved is not on record, and they are few.
        snapshot.Restart(Collection);
        var batches = new Stack<EntityId[]>(missing.Chunk(BatchSize).Reverse());
        var unknown = 0;
        while (batches.TryPop(out var batch))
        {
            var answer = await pages.LookUpAsync(snapshot.Pages(Collection).Count, Body(batch), mayHalve: batch.Length > 1, persons, ct);
            if (answer.Page is { } page)
            {
                await snapshot.AddAsync(Collection, page.Page, page.Gzipped, ct);
                unknown = int.MinValue;
            }
            else if (answer.Refusal is { } status)
            {
                // Not every key pair may look up; the references stay dangling, which is a finding.
                return $"persons/lookup answered {status}";
            }
            else if (batch.Length > 1)
            {
                // Too large an answer, or one id among many that the source does not know.
                batches.Push(batch[(batch.Length / 2)..]);
                batches.Push(batch[..(batch.Length / 2)]);
            }
            else if (++unknown >= MostUnknown)
            {
                return "persons/lookup answered 404";
            }
        }

        return null;
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

/// <summary>What a look-up came to: a page, or, without either, ids to be asked for in smaller numbers.</summary>
/// <param name="Refusal">The status that says that this key pair may not look up.</param>
internal sealed record LookUpAnswer(FetchedPage? Page, int? Refusal)
{
    /// <summary>The answer would be too large.</summary>
    public static LookUpAnswer TooLarge { get; } = new(null, null);

    /// <summary>At least one of the ids is not known; some sources then tell of none.</summary>
    public static LookUpAnswer Unknown { get; } = new(null, null);

    public static LookUpAnswer Of(FetchedPage page) => new(page, null);

    public static LookUpAnswer Refused(int status) => new(null, status);
}
