namespace EduFunctions.Pipeline.Runs;

/// <summary>Makes what a run decided anew from its snapshot, where it cannot be read any more.</summary>
public interface IRunRebuilding
{
    /// <returns>Whether all that the run decided can be read now.</returns>
    Task<bool> RebuildAsync(RunRecord run, CancellationToken ct);
}
