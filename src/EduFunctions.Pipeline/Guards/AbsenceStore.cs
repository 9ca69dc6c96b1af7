using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Keeps, per feed, what was missing from the latest pulls.</summary>
public sealed class AbsenceStore(BlobStorage blobs)
{
    public async Task<Absences> FindAsync(string tenant, string feed, CancellationToken ct)
    {
        await using var stored = await blobs.OpenAsync(Containers.State, Name(tenant, feed), ct);
        try
        {
            return stored is null ? Absences.None : await Absences.ReadAsync(stored, ct);
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            // Counting begins anew: everybody stays longer, nobody goes too soon.
            return Absences.None;
        }
    }

    public Task SaveAsync(string tenant, string feed, Absences absences, CancellationToken ct) =>
        blobs.WriteAsync(Containers.State, Name(tenant, feed), absences.Write, ct);

    private static string Name(string tenant, string feed) => FeedPath.State(tenant, feed, "absences.bin");
}
