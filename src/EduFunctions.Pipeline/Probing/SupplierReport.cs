using System.Globalization;
using System.Text;

namespace EduFunctions.Pipeline.Probing;

/// <summary>A probe for who makes the register: what is missed, by the standard's names, what it means and where it is asked for. Markdown, about nobody.</summary>
public static class SupplierReport
{
    private static readonly (ProbeGrade Grade, string Head)[] Grades =
        [(ProbeGrade.Needed, "Needed"), (ProbeGrade.Expected, "Expected"), (ProbeGrade.Nice, "Nice to have")];

    public static string Of(ProbeReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# What a roster client sees of {report.Register}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{report.At:yyyy-MM-dd HH:mm} UTC, read as `{report.Profile}`. {ProbeText.Sum(report)} Nothing was changed, and no value of any\n");
        text.Append("row stands here.\n");
        foreach (var (grade, head) in Grades)
        {
            AddMisses(text, head, [.. report.Results.Where(result => result.Grade == grade && result.Outcome == ProbeOutcome.Miss)]);
        }

        AddList(text, "Could not be seen", report, ProbeOutcome.Unseen);
        AddList(text, "As it should be", report, ProbeOutcome.Pass);
        return text.ToString();
    }

    private static void AddMisses(StringBuilder text, string head, List<ProbeResult> misses)
    {
        if (misses.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {head}\n");
        }

        foreach (var miss in misses)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {miss.Code}: {miss.Sentence}\n\n");
            text.Append(CultureInfo.InvariantCulture, $"- Seen: {miss.Seen}\n- Asked for by: {miss.Standard}\n- What it means: {miss.Why}\n");
        }
    }

    private static void AddList(StringBuilder text, string head, ProbeReport report, ProbeOutcome outcome)
    {
        var results = report.Results.Where(result => result.Outcome == outcome).ToList();
        if (results.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {head}\n\n");
        }

        results.ForEach(result => text.Append(CultureInfo.InvariantCulture, $"- {result.Code}: {result.Sentence} ({result.Seen})\n"));
    }
}
