using System.Buffers;
using System.Text.Json;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Asks by id for persons that the pull refers to but the list did not hand out, mostly guardians. An answer that leaves somebody out says nothing of them:
/// who was left out is asked for again, alone, and the look-up has to know somebody of the list before it is believed that it does not know another.
/// </summary>
internal sealed class PersonLookup(PageFetcher pages, SnapshotWriter snapshot, CollectionIds persons)
{
    public const string Collection = "persons-lookup";

    private const int BatchSize = 200;

    /// <summary>Persons who are refused one by one after whom no more are asked for: each takes a request of its own.</summary>
    private const int MostRefused = 100;

    private readonly Stack<EntityId[]> _batches = new();
    private EntityId _listed;
    private bool _isProven;
    private int _refused;

    /// <param name="missing">In order, so that a repeated look-up asks the same.</param>
    /// <returns>Why nobody can tell who is meant; null when all were asked for, and whoever is missing still is not known.</returns>
    public async Task<string?> RunAsync(IReadOnlyList<EntityId> missing, CancellationToken ct)
    {
        // A killed look-up begins anew: which batches were halved is not on record, and they are few.
        snapshot.Restart(Collection);
        _listed = persons.Own.Ids.IsEmpty ? default : persons.Own.Ids[0];
        foreach (var batch in missing.Chunk(BatchSize).Reverse())
        {
            _batches.Push(batch);
        }

        while (_batches.TryPop(out var batch))
        {
            if (await AskAsync(batch, ct) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Who is known is stored; who is not is asked for again in smaller numbers, until they are proven to be unknown.</summary>
    private async Task<string?> AskAsync(EntityId[] batch, CancellationToken ct)
    {
        var known = new CollectionIds();
        var answer = await pages.LookUpAsync(snapshot.Pages(Collection).Count, Body(batch), mayHalve: batch.Length > 1, known, ct);
        if (answer.Refusal is { } status)
        {
            // Not every key pair may look up; the references stay dangling, which is a finding.
            return $"persons/lookup answered {status}";
        }

        var left = batch;
        if (answer.Page is { } page)
        {
            await StoreAsync(page, ct);
            left = [.. batch.Where(id => !known.Own.Contains(id))];
            persons.Add(known);
            _isProven |= left.Length < batch.Length;
        }

        if (left.Length == 0)
        {
            return null;
        }

        if (answer.Page is not null && left.Length < batch.Length)
        {
            // Some answer for as many as they like, and a page token is none that a look-up could be asked with.
            _batches.Push(left);
            return null;
        }

        return answer.IsTooLarge ? Halve(left) : await DoubtAsync(answer, left, ct);
    }

    /// <summary>Nobody of these was answered for.</summary>
    private async Task<string?> DoubtAsync(LookUpAnswer answer, EntityId[] left, CancellationToken ct)
    {
        if (!_isProven && !(_isProven = await KnowsTheListedAsync(ct)))
        {
            return answer.Page is null ? "persons/lookup answered 404" : Silent();
        }

        if (answer.Page is { HasMore: true })
        {
            return EndsEarly();
        }

        return answer.Page is not null ? null
            : left.Length > 1 ? Halve(left)
            : ++_refused < MostRefused ? null
            : "persons/lookup answered 404";
    }

    /// <summary>Too large an answer, or one id among many that the source does not know.</summary>
    private string? Halve(EntityId[] batch)
    {
        _batches.Push(batch[(batch.Length / 2)..]);
        _batches.Push(batch[..(batch.Length / 2)]);
        return null;
    }

    /// <summary>Whether the look-up knows somebody whom the list has; one that does not is none.</summary>
    private async Task<bool> KnowsTheListedAsync(CancellationToken ct)
    {
        var known = new CollectionIds();
        return !_listed.IsNone
            && await pages.LookUpAsync(snapshot.Pages(Collection).Count, Body([_listed]), mayHalve: false, known, ct) is { Page: not null }
            && known.Own.Contains(_listed);
    }

    private Task StoreAsync(LookedUp answer, CancellationToken ct) => answer.Fetched.Page.Manifest.Rows == 0
        ? Task.CompletedTask
        : snapshot.AddAsync(Collection, answer.Fetched.Page, answer.Fetched.Gzipped, ct);

    [Told]
    private static string Silent() => "persons/lookup does not even know a person of the list";

    [Told]
    private static string EndsEarly() => "persons/lookup says that there is more, and does not hand it out";

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
