using System.Text.Json;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Rosters by their path in the container of rosters.</summary>
public sealed class RosterStore(BlobStorage blobs)
{
    /// <summary>Null when there is none; <see cref="IsUnreadable"/> knows what a damaged one throws.</summary>
    public async Task<Roster?> FindAsync(string path, CancellationToken ct)
    {
        await using var stored = await blobs.OpenAsync(Containers.Rosters, path, ct);
        return stored is null ? null : await RosterFile.ReadAsync(stored, RosterPath.OwnerOf(path), ct);
    }

    /// <summary>Null also for a damaged one.</summary>
    public async Task<Roster?> TryFindAsync(string path, CancellationToken ct)
    {
        try
        {
            return await FindAsync(path, ct);
        }
        catch (Exception e) when (IsUnreadable(e))
        {
            return null;
        }
    }

    public Task SaveAsync(string path, Roster roster, CancellationToken ct) =>
        blobs.WriteAsync(Containers.Rosters, path, stream => RosterFile.Write(roster, RosterPath.OwnerOf(path), stream), ct);

    /// <summary>What a table, or a record, that is cut, damaged or of another version throws.</summary>
    public static bool IsUnreadable(Exception e) => e is InvalidDataException or EndOfStreamException or JsonException or UnreadableBlobException;
}
