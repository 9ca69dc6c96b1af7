namespace EduFunctions.Pipeline.Runs;

/// <summary>Something worth telling somebody who watches a run. Counts only.</summary>
/// <param name="Subject">What it is about: a collection, a stage, a feed.</param>
/// <param name="Message">In words.</param>
public sealed record ProgressEvent(string Tenant, string Run, string Subject, string Message);

/// <summary>Where stages say how far they are; a command line shows it, a server has nobody to tell.</summary>
public sealed class RunProgress
{
    public event Action<ProgressEvent>? Happened;

    public void Report(string tenant, string run, string subject, string message) =>
        Happened?.Invoke(new ProgressEvent(tenant, run, subject, message));
}
