using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>A source that may say what has changed since an earlier pull; whether a tenant's does, <see cref="SourceSettings.Changes"/> says.</summary>
public interface IChangesSource : ISource
{
    /// <summary>
    /// Pulls what has changed since the basis and writes it, with all the rest of the basis, as a complete snapshot: nobody after it can tell it from a full
    /// pull. Slices and repeats are as those of <see cref="ISource.ExtractAsync"/>. Throws <see cref="RunHeldException"/> for what may not be all that has
    /// changed, or more than that.
    /// </summary>
    Task<bool> ExtractChangesAsync(Pull pull, Snapshot basis, SnapshotWriter snapshot, CancellationToken sliceEnds, CancellationToken ct);

    /// <summary>Adds a <see cref="PullNote.ChangesMissed"/> to a full pull for every collection of which the pull of changes before it has not had all.</summary>
    Task ProveAsync(Pull pull, Snapshot changed, SnapshotWriter full, CancellationToken ct);
}
