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
/// <param name="persons">Of the list; gets whoever is looked up.</param>
/// <param name="lookedUp">Of the answers alone.</param>
internal sealed class PersonLookup(PageFetcher pages, SnapshotWriter snapshot, CollectionIds persons, CollectionIds lookedUp)
{
    public const string Collection = "persons-lookup";

    private const int BatchSize = 200;

    /// <summary>Name of the member under which a stored answer has the rows that nobody had asked for.</summary>
    public static ReadOnlySpan<byte> Unasked => "edufunctions:unasked"u8;

    /// <summary>Persons who are refused one by one after whom no more are asked for: each takes a request of its own.</summary>
    private const int MostRefused = 100;

    private readonly Stack<EntityId[]> _batches = new();
    private EntityId _listed;
    private bool _isProven;
    private int _refused;
    private int _unasked;

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
        var known = NewIds();
        var answer = await pages.LookUpAsync(snapshot.Pages(Collection).Count, Body(batch), mayHalve: batch.Length > 1, known, ct);
        if (answer.Refusal is { } status)
        {
            // Not every key pair may look up; the references stay dangling, which is a finding.
            return $"persons/lookup answered {status}";
        }

        var left = batch;
        if (answer.Page is { } page)
        {
            known = await StoreAsync(page, batch, known, ct);
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

    /// <summary>Nobody asked for others: whoever the list has is as the list says, and a stranger is none of the tenant's. What marks them counts all the same.</summary>
    /// <returns>The ids of whom was asked for.</returns>
    private async Task<CollectionIds> StoreAsync(LookedUp answer, EntityId[] batch, CollectionIds known, CancellationToken ct)
    {
        var asked = batch.ToHashSet();
        if (!known.Own.HasOthers(asked))
        {
            if (answer.Fetched.Page.Manifest.Rows > 0)
            {
                await snapshot.AddAsync(Collection, answer.Fetched.Page, answer.Fetched.Gzipped, ct);
                Keep(known);
            }

            return known;
        }

        using var body = await RentedBody.GunzipAsync(new MemoryStream(answer.Fetched.Gzipped), (int)answer.Fetched.Page.Manifest.Bytes, ct);
        var (json, own) = (JsonText.WithoutMark(body.Memory), NewIds());
        var rows = PageRow.AllOf(json.Span).ToLookup(row => asked.Contains(row.Id), row => json.Slice(row.Start, row.Length));
        _unasked += rows[false].Count();
        own.Begin(snapshot.Pages(Collection).Count);
        PageBody.Parse(List(rows[true], []), own);
        await OwnPage.AddAsync(snapshot, Collection, List(rows[true], rows[false]), rows[true].Count(), ct);
        Keep(own);
        return own;
    }

    private CollectionIds NewIds() => new(lookedUp.Lacking.Parts) { Marks = new RowMarks() };

    private void Keep(CollectionIds known)
    {
        lookedUp.Lacking.Add(known.Lacking);
        lookedUp.Marks?.Add(known.Marks!);
    }

    /// <summary>Readers look through what stands beside the rows for markings alone.</summary>
    private static byte[] List(IEnumerable<ReadOnlyMemory<byte>> asked, IEnumerable<ReadOnlyMemory<byte>> others) =>
        [.. "{\"data\":["u8, .. Joined(asked), .. "],\""u8, .. Unasked, .. "\":["u8, .. Joined(others), .. "]}"u8];

    private static byte[] Joined(IEnumerable<ReadOnlyMemory<byte>> rows) => [.. rows.SelectMany((row, at) => at == 0 ? row.ToArray() : [(byte)',', .. row.Span])];

    /// <summary>Null where nobody was handed out who was not asked for.</summary>
    [Told]
    public PullNote? Note() => _unasked == 0 ? null : new PullNote(
        PullNote.LookUpUnasked, Collection,
        $"The look-up of persons handed out {_unasked} rows of persons who were not asked for. They are passed over; what marks somebody as protected in them counts. "
        + "Report it to the source's support.");

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
