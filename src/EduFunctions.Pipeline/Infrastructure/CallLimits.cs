using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>How long calls to sources, targets and people may take, from configuration section <c>Pipeline:Calls</c>: every call ends.</summary>
public sealed class CallLimits
{
    private const string Section = "Pipeline:Calls";

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

    /// <summary>Somebody is told of an alarm, all tries together, within this time.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Alarm { get; set; } = TimeSpan.FromSeconds(15);

    /// <exception cref="ValidationException">A limit is unknown, unreadable or out of its range.</exception>
    public static CallLimits Of(IConfiguration configuration)
    {
        var limits = Read(configuration.GetSection(Section));
        var problems =
            from property in typeof(CallLimits).GetProperties()
            let range = property.GetCustomAttribute<RangeAttribute>()!
            where !range.IsValid(property.GetValue(limits))
            select $"The setting Pipeline__Calls__{property.Name} must be {range.Minimum} to {range.Maximum}, not {property.GetValue(limits)}.";
        return problems.ToList() is { Count: > 0 } all ? throw new ValidationException(string.Join(' ', all)) : limits;
    }

    private static CallLimits Read(IConfiguration section)
    {
        try
        {
            return section.Get<CallLimits>(binding => binding.ErrorOnUnknownConfiguration = true) ?? new CallLimits();
        }
        catch (InvalidOperationException e)
        {
            // The binder names the setting.
            throw new ValidationException(e.Message, e);
        }
    }
}
