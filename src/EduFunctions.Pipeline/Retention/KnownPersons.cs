using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Retention;

/// <summary>
/// Whether what somebody has typed is the id of a person that anything kept knows: the memory of the protected, the decisions and the roster of a run, or a stored
/// blob in which it stands where ids of persons do. A name is none, and nothing is done or written down by it.
/// </summary>
public sealed class KnownPersons(BlobStorage blobs, RosterStore rosters, MemoryStore memories, ActLog acts)
{
    private static readonly string[] Searched = [Containers.Snapshots, Containers.Rosters, Containers.Runs, Containers.State];

    /// <summary>A civic number has ten digits, or twelve.</summary>
    private const int FewestDigits = 10;

    public async Task<bool> HasAsync(string tenant, EntityId person, CancellationToken ct)
    {
        // What is read first tells the texts of long ids.
        var isRemembered = (await memories.FindAsync(tenant, ct)).Memory is { } memory && TextIds.IsKnown(person) && memory.Has(person);
        return isRemembered || await IsDecidedOnAsync(tenant, person, ct) || await IsInRosterAsync(tenant, person, ct) switch
        {
            { } isPerson => isPerson,
            null => TextIds.IsKnown(person) && await IsInBlobAsync(tenant, new PersonTrace(person), ct),
        };
    }

    /// <summary>When a person was purged last, as far as the acts say; null for never.</summary>
    /// <param name="person">The id as it was typed: of a purged one no text need be known any more.</param>
    public async Task<DateTimeOffset?> FindPurgeAsync(string tenant, string person, CancellationToken ct)
    {
        var hash = PurgeProtocol.HashOf(person);
        var done = await acts.ListAsync(tenant, withQuestions: false, int.MaxValue, ct);
        return done.FirstOrDefault(act => act is { Kind: ActKind.Purge, Refused: null } && act.What?.Contains(hash) == true)?.At;
    }

    private async Task<bool> IsDecidedOnAsync(string tenant, EntityId person, CancellationToken ct)
    {
        await foreach (var blob in blobs.ListAsync(Containers.Rosters, $"{tenant}/", ct))
        {
            if (IsLedger(blob.Name) && await TryAsync(() => FindAsync(blob.Name, person, ct)) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private Task<LedgerEntry?> FindAsync(string ledger, EntityId person, CancellationToken ct) => LedgerFile.FindAsync(
        async (offset, length) => await blobs.ReadRangeAsync(Containers.Rosters, ledger, offset, length, ct) ?? throw new InvalidDataException($"{ledger} is gone."), person);

    /// <returns>False for the id of a school or group; null where no roster and no ledger knows it.</returns>
    private async Task<bool?> IsInRosterAsync(string tenant, EntityId id, CancellationToken ct)
    {
        var isOther = false;
        await foreach (var blob in blobs.ListAsync(Containers.Rosters, $"{tenant}/", ct))
        {
            if (IsLedger(blob.Name))
            {
                isOther = isOther || await TryAsync(() => ReadLedgerAsync(blob.Name, ct)) is { } ledger
                    && (ledger.Stays.Rows.ToArray().Any(stay => stay.Unit == id) || ledger.Sections.Rows.Contains(id));
            }
            else if (IsRoster(blob.Name) && await rosters.TryFindAsync(blob.Name, ct) is { } roster)
            {
                if (roster.PersonIds().Contains(id) || roster.KeysOnly.Rows.Contains(id))
                {
                    return true;
                }

                isOther = isOther || roster.Units.Rows.ToArray().Any(unit => unit.Id == id) || roster.Sections.Rows.ToArray().Any(section => section.Id == id || section.Group == id);
            }
        }

        return isOther ? false : null;
    }

    private async Task<Ledger?> ReadLedgerAsync(string name, CancellationToken ct)
    {
        await using var stored = await blobs.OpenAsync(Containers.Rosters, name, ct);
        return stored is null ? null : await LedgerFile.ReadAsync(stored, ct);
    }

    private async Task<bool> IsInBlobAsync(string tenant, PersonTrace trace, CancellationToken ct)
    {
        // A target may know people by their civic numbers, so what was made for one does not say that a number is an id.
        foreach (var container in trace.IsOfDigits(FewestDigits) ? Searched : Searched.Append(Containers.Feeds))
        {
            await foreach (var blob in blobs.ListAsync(container, $"{tenant}/", ct))
            {
                if (await blobs.ReadAsync(container, blob.Name, ct) is { } stored && IsIn(trace, blob.Name, stored.Content))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsIn(PersonTrace trace, string name, byte[] content)
    {
        try
        {
            return trace.IsSurelyIn(name, content);
        }
        catch (InvalidDataException)
        {
            // A zip that is damaged tells of nobody.
            return false;
        }
    }

    /// <summary>What is damaged tells of nobody either.</summary>
    private static async Task<T?> TryAsync<T>(Func<Task<T?>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return null;
        }
    }

    private static bool IsLedger(string name) => name.EndsWith("/ledger.bin", StringComparison.Ordinal);

    private static bool IsRoster(string name) => name.EndsWith(".bin", StringComparison.Ordinal)
        && name.Split('/')[^1] is var file && (file.Contains("roster", StringComparison.Ordinal) || file.StartsWith("leaving", StringComparison.Ordinal));
}
