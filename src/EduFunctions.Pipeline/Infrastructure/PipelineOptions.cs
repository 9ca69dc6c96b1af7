using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>Limits of the machinery, from configuration section <c>Pipeline</c>; the defaults suit production.</summary>
public sealed class PipelineOptions
{
    private const string Section = "Pipeline";

    // A call has ten minutes, and something has to be left for what comes after the wait.
    private const string LongestWait = "00:08:00";

    /// <summary>A call ends after this time of reading, or of waiting for a target, and goes on in the next message.</summary>
    [Range(typeof(TimeSpan), "00:00:00", LongestWait)]
    public TimeSpan SliceLength { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Times a page is asked for, the first included.</summary>
    [Range(2, 20)]
    public int PageTries { get; set; } = 6;

    /// <summary>All tries of a page end within this time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", LongestWait)]
    public TimeSpan PagePatience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>A whole school's answer in one piece, however large, is there within this time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", LongestWait)]
    public TimeSpan AnswerPatience { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>Pause before the second try; it doubles with every further one, unless the source says how long to wait.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long after its run a held plan may be approved.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan ApprovalLifetime { get; set; } = TimeSpan.FromHours(48);

    /// <summary>How long a stage waits for another host that is at work on the same thing.</summary>
    [Range(typeof(TimeSpan), "00:00:00", LongestWait)]
    public TimeSpan LeasePatience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Hours without anybody looking whether a night is to begin from which the planner counts as stopped.</summary>
    [Range(1, 8760)]
    public int PlannerHours { get; set; } = 3;

    /// <summary>Whether <c>ChangesSchedule</c> begins pulls of changes for the tenants whose sources tell them.</summary>
    public bool ChangesByTimer { get; set; }

    /// <summary>The address under which people find the status page, for links in alarms; a function app knows its own.</summary>
    public Uri? PublicAddress { get; set; }

    /// <summary>How long calls to sources, targets and people may take.</summary>
    public CallLimits Calls { get; set; } = new();

    /// <exception cref="SettingRefusedException">A setting is unknown, unreadable or out of its range.</exception>
    public static PipelineOptions Of(IConfiguration configuration)
    {
        var options = new PipelineOptions();
        var problems = SettingReader.Read(configuration.GetSection(Section), options, Section);
        options.PublicAddress ??= OwnAddress();
        return problems.Count > 0 ? throw new SettingRefusedException(string.Join(' ', problems)) : options;
    }

    /// <summary>The platform sets the name.</summary>
    private static Uri? OwnAddress() => Environment.GetEnvironmentVariable("WEBSITE_HOSTNAME") is { Length: > 0 } host
        && Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var address) ? address : null;
}

/// <summary>A setting of the host is not as it should be; the message names it.</summary>
public sealed class SettingRefusedException(string message, Exception? cause = null) : Exception(message, cause);
