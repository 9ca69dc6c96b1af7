namespace EduFunctions.Pipeline.Probing;

/// <summary>What a probe takes of a register at most: it is a guest, and nobody waits for it at night.</summary>
public sealed record ProbeLimits
{
    public const int UsualRequests = 600;
    public const int UsualMinutes = 10;

    public int Requests { get; init; } = UsualRequests;

    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(UsualMinutes);

    /// <summary>A call that has no whole answer by then is given up.</summary>
    public TimeSpan Answer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>A register that asks to wait for longer is asked nothing more.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Pages of one reading: a large collection leaves requests for the others.</summary>
    public int PagesPerReading => Math.Max(4, Requests / 12);
}
