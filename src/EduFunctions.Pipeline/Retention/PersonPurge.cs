using System.Text.Json;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Retention;

/// <summary>Takes one person out of everything that is stored of a tenant, as far as the next night does not need it, and says exactly what was done.</summary>
public sealed class PersonPurge(
    BlobStorage blobs, RosterStore rosters, KnownPersons known, PersonKeys keys, BlobsInUse inUse, MemoryStore memories, Retaining retaining, Seals seals, ActLog acts, TimeProvider time)
{
    private const string UnderWay =
        "a run that is under way, or the latest decisions; delete the person at the source, let a night pass, then purge again";

    private const string Remembered =
        "says that the person is protected, which the next night has to know; it goes with the last of the others: delete the person at the source, let a night pass, then purge again";

    private const string Damaged =
        "is cut or damaged, so whom it has in it cannot be told; put it back from a backup, or delete it, then purge again";

    private static readonly string[] Searched = [Containers.Snapshots, Containers.Rosters, Containers.Feeds, Containers.Runs, Containers.State];

    /// <param name="id">As it was typed.</param>
    /// <param name="isDryRun">Whether only to say what would be done.</param>
    /// <param name="by">Who says so.</param>
    /// <returns>Null for an id that nothing kept knows as a person's, and that was never purged: nothing is done, and nothing goes on record.</returns>
    public async Task<PurgeProtocol?> RunAsync(string tenant, string id, bool isDryRun, Asker by, CancellationToken ct)
    {
        if (!EntityId.TryFind(id, out var person) || !await known.HasAsync(tenant, person, ct))
        {
            return await known.FindPurgeAsync(tenant, id, ct) is { } before
                ? new PurgeProtocol(tenant, time.GetUtcNow(), PurgeProtocol.HashOf(id), [], [], []) { PurgedBefore = before }
                : null;
        }

        var trace = new PersonTrace(person, await keys.FindAsync(tenant, person, ct));
        var (found, damaged) = await FindAsync(tenant, trace, ct);
        var protocol = await PlanAsync(tenant, person, trace, found, ct);
        protocol = protocol with { Kept = [.. protocol.Kept, .. damaged.Except(protocol.Removed).Select(blob => new KeptBlob(blob, Damaged))] };
        if (!isDryRun && protocol.Removed.Count + protocol.Rewritten.Count > 0)
        {
            // Nobody's name is on it: who knows the id finds the protocol by its hash.
            await acts.WriteAsync(new Act { Tenant = tenant, Kind = ActKind.Purge, By = by.Name, Reason = by.Reason, What = [protocol.PersonSha256] }, ct);
            await CarryOutAsync(protocol, person, trace, ct);
        }

        return protocol;
    }

    private async Task<(IReadOnlyList<string> Found, IReadOnlyList<string> Damaged)> FindAsync(string tenant, PersonTrace trace, CancellationToken ct)
    {
        var (found, damaged) = (new List<string>(), new List<string>());
        foreach (var container in Searched)
        {
            await foreach (var blob in blobs.ListAsync(container, $"{tenant}/", ct))
            {
                try
                {
                    if (await blobs.ReadAsync(container, blob.Name, ct) is { } stored && IsIn(trace, container, blob.Name, stored.Content))
                    {
                        found.Add($"{container}/{blob.Name}");
                    }
                }
                catch (InvalidDataException)
                {
                    damaged.Add($"{container}/{blob.Name}");
                }
            }
        }

        return (found, damaged);
    }

    /// <summary>Some targets know people by something else than their ids, and so do their files, and what is kept of those.</summary>
    private static bool IsIn(PersonTrace trace, string container, string name, byte[] content) =>
        container is Containers.Feeds or Containers.State && !name.EndsWith(".json", StringComparison.Ordinal) ? trace.IsInFeed(name, content) : trace.IsIn(name, content);

    private async Task<PurgeProtocol> PlanAsync(string tenant, EntityId person, PersonTrace trace, IReadOnlyList<string> found, CancellationToken ct)
    {
        var kept = await inUse.FindAsync(tenant, ct);
        var keptRuns = await inUse.FindRunsAsync(tenant, ct);
        var removed = new SortedSet<string>(StringComparer.Ordinal);
        var rewritten = new List<RewrittenBlob>();
        var staying = new List<KeptBlob>();
        foreach (var blob in found)
        {
            if (blob == $"{Containers.State}/{MemoryStore.Name(tenant)}")
            {
                continue;
            }

            if (kept.GetValueOrDefault(blob) is { } reason)
            {
                staying.Add(new KeptBlob(blob, $"{reason}; delete the person at the source, let a night deliver, then purge again"));
            }
            else if (keptRuns.Contains(RunOf(blob)))
            {
                staying.Add(new KeptBlob(blob, UnderWay));
            }
            else if (blob.EndsWith(".json", StringComparison.Ordinal))
            {
                var (container, name) = Retaining.Split(blob);
                rewritten.Add(new RewrittenBlob(blob, SealChain.Hash(trace.Without(name, (await blobs.ReadAsync(container, name, ct))!.Content))));
            }
            else
            {
                removed.UnionWith(await WholeAsync(blob, kept, ct));
            }
        }

        if (await WithoutAsync(tenant, person, ct) is { } memory && found.Contains($"{memory.Container}/{memory.Name}"))
        {
            // Forgotten too soon, somebody protected would be described once more. Rosters say of the protected nothing but what the memory does.
            if (staying.Exists(blob => !blob.Blob.EndsWith("roster.bin", StringComparison.Ordinal)) || await IsHandedOutAsync(person, staying, ct))
            {
                staying.Add(new KeptBlob($"{memory.Container}/{memory.Name}", Remembered));
            }
            else
            {
                rewritten.Add(new RewrittenBlob($"{memory.Container}/{memory.Name}", SealChain.Hash(memory.Content)));
            }
        }

        return new PurgeProtocol(tenant, time.GetUtcNow(), PurgeProtocol.HashOf(person.ToString()), [.. removed], rewritten, staying);
    }

    /// <summary>Whether one of these rosters has the person among those it hands out.</summary>
    private async Task<bool> IsHandedOutAsync(EntityId person, IEnumerable<KeptBlob> staying, CancellationToken ct)
    {
        foreach (var (container, name) in staying.Select(blob => Retaining.Split(blob.Blob)).Where(blob => blob.Container == Containers.Rosters))
        {
            if (await rosters.TryFindAsync(name, ct) is { } roster && roster.PersonIds().Contains(person))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>With a page goes its snapshot, and with one table of a run all of them: half of it would be of no use, and look damaged.</summary>
    private async Task<IReadOnlyList<string>> WholeAsync(string blob, IReadOnlyDictionary<string, string> kept, CancellationToken ct)
    {
        var (container, name) = Retaining.Split(blob);
        if (container is not (Containers.Snapshots or Containers.Rosters))
        {
            return [blob];
        }

        var whole = new List<string>();
        await foreach (var part in blobs.ListAsync(container, string.Join('/', name.Split('/')[..2]) + "/", ct))
        {
            if (container == Containers.Snapshots || (part.Name.EndsWith(".bin", StringComparison.Ordinal) && !kept.ContainsKey($"{container}/{part.Name}")))
            {
                whole.Add($"{container}/{part.Name}");
            }
        }

        return whole;
    }

    private async Task CarryOutAsync(PurgeProtocol protocol, EntityId person, PersonTrace trace, CancellationToken ct)
    {
        var name = $"{protocol.Tenant}/{PurgeProtocol.Folder}/{protocol.At.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}.json";
        var record = new StoredRecord(Containers.State, name, JsonSerializer.SerializeToUtf8Bytes(protocol, Serialization.Indented));
        await blobs.WriteAsync(record.Container, record.Name, record.Content, ct);
        await seals.SealAsync(protocol.Tenant, [record], ct);
        await retaining.DeleteAsync(protocol.Removed, ct);
        foreach (var blob in protocol.Rewritten)
        {
            var (container, path) = Retaining.Split(blob.Blob);
            if (path == MemoryStore.Name(protocol.Tenant))
            {
                await blobs.WriteAsync(container, path, (await WithoutAsync(protocol.Tenant, person, ct))!.Content, ct);
            }
            else if (await blobs.ReadAsync(container, path, ct) is { } stored)
            {
                await blobs.WriteAsync(container, path, trace.Without(path, stored.Content), ct);
            }
        }
    }

    /// <summary>The memory of the protected without the person; null when there is none.</summary>
    private async Task<StoredRecord?> WithoutAsync(string tenant, EntityId person, CancellationToken ct) =>
        (await memories.FindAsync(tenant, ct)).Memory is { } memory
            ? new StoredRecord(Containers.State, MemoryStore.Name(tenant), MemoryFile.Write(memory.Forgetting(person)))
            : null;

    /// <summary>The run that a blob belongs to, by the second part of its name.</summary>
    private static string RunOf(string blob) => blob.Split('/') is [_, _, var run, ..] ? Path.GetFileNameWithoutExtension(run) : "";
}
