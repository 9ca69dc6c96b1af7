using System.ComponentModel.DataAnnotations;

namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>How long calls to sources, targets and people may take, from configuration section <c>Pipeline:Calls</c>: every call ends.</summary>
public sealed class CallLimits
{
    // A call of the Functions host has ten minutes.
    private const string Longest = "00:08:00";

    /// <summary>A connection is made, with all that comes before the first question, within this time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Connect { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A connection on which nothing moves for so long in the midst of a file or an answer is dead.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>A source that was asked for a page begins to answer, and a target that was given a whole file confirms it, within this time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", Longest)]
    public TimeSpan Answer { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>A file, or an answer, is over within this time, however much of it moves.</summary>
    [Range(typeof(TimeSpan), "00:00:01", Longest)]
    public TimeSpan Whole { get; set; } = TimeSpan.FromMinutes(8);

    /// <summary>What is only tried, a connection by <c>validate --connect</c> or the storage before a command's work, answers within this time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", Longest)]
    public TimeSpan Trial { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Somebody is told of an alarm, all tries together, within this time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Alarm { get; set; } = TimeSpan.FromSeconds(15);
}
