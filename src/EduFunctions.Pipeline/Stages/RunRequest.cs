using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What somebody wants of a run.</summary>
public sealed record RunRequest
{
    public required RunTrigger Trigger { get; init; }

    /// <summary>The day the rules are asked for; null is today in the tenant's time zone.</summary>
    public DateOnly? Date { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Lets a pull much smaller than the one before pass this once.</summary>
    public bool AcceptShrink { get; init; }

    /// <summary>Pulls what has changed since the last pull alone.</summary>
    public bool Changed { get; init; }

    /// <summary>Begins with changes anew, although a full pull has found that they were not all there.</summary>
    public bool AcceptMisses { get; init; }

    /// <summary>Feeds that say what has changed say everything this once.</summary>
    public bool Total { get; init; }

    /// <summary>The earlier run whose roster is to be delivered again; null pulls anew.</summary>
    public string? Resends { get; init; }

    /// <summary>Sends also what equals the last delivery, this once; what is held stays held.</summary>
    public bool Force { get; init; }

    public string? Reason { get; init; }

    /// <summary>Who wants it; null where it cannot be told.</summary>
    public string? By { get; init; }

    /// <summary>Names of the feeds to export; null for all.</summary>
    public IReadOnlyList<string>? Feeds { get; init; }

    /// <summary>True goes on with a run that was interrupted, when it was the same that is asked for now; another one gives way.</summary>
    public bool Resume { get; init; }
}
