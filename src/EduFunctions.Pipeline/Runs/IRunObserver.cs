namespace EduFunctions.Pipeline.Runs;

/// <summary>Is told of every step of a run once it is on record; each step happens once, however often stages are repeated. Must not throw.</summary>
public interface IRunObserver
{
    /// <param name="before">The record as it was; null for one that is new.</param>
    Task ChangedAsync(RunRecord? before, RunRecord run);
}
