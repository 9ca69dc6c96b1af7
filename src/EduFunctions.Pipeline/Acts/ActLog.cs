using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Acts;

/// <summary>Keeps who did what, one blob for each act, in the sealed record.</summary>
public sealed class ActLog(BlobStorage blobs, Seals seals, Discretion discretion, TimeProvider time)
{
    internal const string Folder = "acts";

    private const int ReadAtOnce = 16;
    private const string NoRun = "none";

    /// <summary>Whether a sealed blob is an act: of the tenant, not of one run.</summary>
    internal static bool IsAct(string blob) => blob.Split('/') is [Containers.State, _, Folder, _];

    /// <summary>Puts on record what is about to be done.</summary>
    /// <returns>What was written; for the case that it comes to nothing.</returns>
    public async Task<Act> WriteAsync(Act act, CancellationToken ct)
    {
        act = act with { At = time.GetUtcNow(), Reason = act.Reason is { } reason ? discretion.Tell(act.Tenant, reason) : null };
        var when = act.At.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture);
        var name = $"{act.Tenant}/{Folder}/{when}_{act.Kind}_{act.Run ?? NoRun}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}.json";
        await StoreAsync(name, act, ct);
        return act with { Blob = name };
    }

    /// <summary>What was on record as about to be done was not done after all.</summary>
    public Task RefuseAsync(Act act, string why, CancellationToken ct) => StoreAsync(act.Blob!, act with { Refused = discretion.Tell(act.Tenant, why) }, ct);

    /// <summary>What was done with a run, newest first.</summary>
    public Task<IReadOnlyList<Act>> OfRunAsync(string tenant, string run, CancellationToken ct) =>
        ListAsync(tenant, (_, about) => about == run, int.MaxValue, ct);

    /// <summary>The latest acts, newest first.</summary>
    /// <param name="withQuestions">Whether also who was asked about: neither such an act nor anybody's id is told otherwise.</param>
    public async Task<IReadOnlyList<Act>> ListAsync(string tenant, bool withQuestions, int most, CancellationToken ct) => withQuestions
        ? await ListAsync(tenant, (_, _) => true, most, ct)
        : [.. (await ListAsync(tenant, (kind, _) => !new Act { Tenant = tenant, Kind = kind }.IsQuestion, most, ct)).Select(act => act.WithoutPeople())];

    private async Task<IReadOnlyList<Act>> ListAsync(string tenant, Func<ActKind, string, bool> isWanted, int most, CancellationToken ct)
    {
        var names = new List<string>();
        await foreach (var blob in blobs.ListAsync(Containers.State, $"{tenant}/{Folder}/", ct))
        {
            // The name says what it is, so that the many questions are not read to find the few approvals.
            if (blob.Name.Split('/')[^1].Split('_') is [_, var kind, var run, _] && Enum.TryParse<ActKind>(kind, out var known) && isWanted(known, run))
            {
                names.Add(blob.Name);
            }
        }

        var acts = new List<Act>();
        foreach (var part in names.OrderDescending(StringComparer.Ordinal).Take(most).Chunk(ReadAtOnce))
        {
            acts.AddRange((await Task.WhenAll(part.Select(name => ReadAsync(name, ct)))).OfType<Act>());
        }

        return acts;
    }

    private async Task<Act?> ReadAsync(string name, CancellationToken ct) => await blobs.ReadAsync(Containers.State, name, ct) is { } blob
        ? StoredJson.Parse<Act>(Containers.State, name, blob.Content, "Put it back from a backup: it is sealed.") with { Blob = name }
        : null;

    private async Task StoreAsync(string name, Act act, CancellationToken ct)
    {
        var record = new StoredRecord(Containers.State, name, JsonSerializer.SerializeToUtf8Bytes(act, Serialization.Indented));
        await blobs.WriteAsync(record.Container, record.Name, record.Content, ct);
        await seals.SealAsync(act.Tenant, [record], ct);
    }
}
