using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>Keeps how far a tenant's pulls of changes have come, and whether there may be more of them (<c>state/{tenant}/changes.json</c>).</summary>
public sealed class ChangesStore(BlobStorage blobs)
{
    public async Task<ChangesState> FindAsync(string tenant, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, Name(tenant), ct) is { } blob
            ? StateJson.Parse<ChangesState>(Containers.State, Name(tenant), blob, "Delete it and run again without --changed.")
            : new ChangesState();

    public Task SaveAsync(string tenant, ChangesState state, CancellationToken ct)
    {
        var json = StateJson.Write(state);
        return blobs.WriteAsync(Containers.State, Name(tenant), json, ct, StateJson.NoteOf(json));
    }

    private static string Name(string tenant) => $"{tenant}/changes.json";
}

/// <param name="Latest">The latest run that pulled changes and was not held before anything was decided on it.</param>
/// <param name="Off">Why nobody asks for changes any more; null while they are asked for.</param>
public sealed record ChangesState(string? Latest = null, ChangesOff? Off = null);

/// <param name="Run">The full pull that has found it out.</param>
public sealed record ChangesOff(string Run, DateTimeOffset At);
