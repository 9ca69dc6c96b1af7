using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Whom a feed has as they were delivered last, or has not yet, whatever tonight's roster says: so that whoever asks after one of them is told.</summary>
public sealed class KeptPersons(BlobStorage blobs)
{
    private const string FileKind = "kept/1";
    private const string Persons = "persons";

    internal Task SaveAsync(string tenant, string run, string feed, string phase, RosterDifference difference, Verdict verdict, CancellationToken ct)
    {
        var rows = new Table<KeptPerson>();
        foreach (var rank in difference.PersonRows.Moving.Rows)
        {
            if (verdict.Persons[rank] != Fate.AsNow)
            {
                rows.Add(new KeptPerson(difference.PersonId(rank), (int)difference.PersonRows[rank].Change, (int)difference.PersonRows[rank].Kind));
            }
        }

        return blobs.WriteAsync(
            Containers.Rosters, RosterPath.Kept(tenant, run, feed, phase),
            stream => TableFile.Write(stream, FileKind, rows.Count, TableBytes.Of(Persons, rows, static (in row) => row.Id)), ct);
    }

    /// <summary>What of the person does not happen yet; null when everything does, or nobody can tell.</summary>
    internal async Task<KeptPerson?> FindAsync(string tenant, string run, string feed, string phase, EntityId person, CancellationToken ct)
    {
        await using var stored = await blobs.OpenAsync(Containers.Rosters, RosterPath.Kept(tenant, run, feed, phase), ct);
        try
        {
            return stored is null ? null : (await ReadAsync(stored, ct)).Rows.ToArray().Cast<KeptPerson?>().FirstOrDefault(row => row!.Value.Id == person);
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return null;
        }
    }

    /// <summary>Everybody of whom something does not happen yet; nobody where there is no such list.</summary>
    internal async Task<IReadOnlyList<KeptPerson>> ListAsync(string tenant, string run, string feed, string phase, CancellationToken ct)
    {
        await using var stored = await blobs.OpenAsync(Containers.Rosters, RosterPath.Kept(tenant, run, feed, phase), ct);
        return stored is null ? [] : (await ReadAsync(stored, ct)).Rows.ToArray();
    }

    private static async Task<Table<KeptPerson>> ReadAsync(Stream stream, CancellationToken ct)
    {
        var file = await TableFile.OpenAsync(stream, FileKind, ct);
        var rows = new Table<KeptPerson>();
        await file.ReadAsync(stream, [TableBytes.Of(Persons, rows)], ct);
        return rows;
    }
}

/// <param name="Change">Which <see cref="Guards.Change"/> does not happen.</param>
/// <param name="Kind">The <see cref="RowKind"/> of the person.</param>
internal readonly record struct KeptPerson(EntityId Id, int Change, int Kind);
