namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>Limits of the machinery, from configuration section <c>Pipeline</c>; the defaults suit production.</summary>
public sealed class PipelineOptions
{
    /// <summary>A call ends after this time of reading, or of waiting for a target, and goes on in the next message.</summary>
    public TimeSpan SliceLength { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Times a page is asked for, the first included.</summary>
    public int PageTries { get; set; } = 6;

    /// <summary>All tries of a page end within this time.</summary>
    public TimeSpan PagePatience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A whole school's answer in one piece, however large, is there within this time.</summary>
    public TimeSpan AnswerPatience { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>Pause before the second try; it doubles with every further one, unless the source says how long to wait.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after its run a held plan may be approved.</summary>
    public TimeSpan ApprovalLifetime { get; set; } = TimeSpan.FromHours(48);

    /// <summary>How long a stage waits for another host that is at work on the same thing.</summary>
    public TimeSpan LeasePatience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Hours after the last night that was begun from which the planner counts as stopped.</summary>
    public int PlannerHours { get; set; } = 26;
}
