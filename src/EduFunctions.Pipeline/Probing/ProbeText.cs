using System.Globalization;
using System.Text;

namespace EduFunctions.Pipeline.Probing;

/// <summary>A probe as text: a line for every check.</summary>
public static class ProbeText
{
    public static string Of(ProbeReport report)
    {
        var text = new StringBuilder();
        var width = report.Results.Max(result => result.Code.Length);
        foreach (var result in report.Results)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Word(result.Outcome),-7}{result.Grade.ToString().ToLowerInvariant(),-10}");
            text.Append(result.Code.PadRight(width)).Append("  ").Append(result.Seen).Append('\n');
        }

        return text.Append(Sum(report)).Append('\n').ToString();
    }

    public static string Word(ProbeOutcome outcome) => outcome == ProbeOutcome.Unseen ? "?" : outcome.ToString().ToLowerInvariant();

    /// <summary>How it came out, in a sentence.</summary>
    public static string Sum(ProbeReport report)
    {
        var missed = report.Results.Where(result => result.Outcome == ProbeOutcome.Miss).CountBy(result => result.Grade).ToDictionary();
        var unseen = report.Results.Count(result => result.Outcome == ProbeOutcome.Unseen);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Results.Count} checks, {report.Requests} requests. Missed: {missed.GetValueOrDefault(ProbeGrade.Needed)} needed, "
            + $"{missed.GetValueOrDefault(ProbeGrade.Expected)} expected, {missed.GetValueOrDefault(ProbeGrade.Nice)} nice to have. Could not be seen: {unseen}.");
    }
}
