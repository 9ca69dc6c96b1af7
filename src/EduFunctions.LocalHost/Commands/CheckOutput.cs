using System.Globalization;
using System.Text.Json;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.LocalHost.Commands;

/// <summary>What a check has found, for people and for programs.</summary>
internal static class CheckOutput
{
    /// <summary>A line per breach, then the sources of the rules that are broken, then a sum.</summary>
    public static void Text(CheckOutcome outcome)
    {
        var report = outcome.Report;
        foreach (var breach in report.Breaches)
        {
            Console.WriteLine($"{CheckReport.Line(breach)} [{Grade(breach.Rule)} {breach.Rule.Code}]");
        }

        foreach (var ((code, file), count) in report.Counts.Where(count => count.Value > Shown(report, count.Key)))
        {
            Console.WriteLine($"{file}: {code}: {count} in all");
        }

        foreach (var rule in report.Breaches.Select(breach => breach.Rule).Distinct().OrderBy(rule => rule.Code, StringComparer.Ordinal))
        {
            Console.WriteLine($"{rule.Code}: {Word(rule.Certainty)}: {rule.Source}");
        }

        foreach (var note in report.Notes)
        {
            Console.WriteLine(note);
        }

        Console.WriteLine(Sum(outcome));
    }

    public static void Json(CheckOutcome outcome) => Console.WriteLine(JsonSerializer.Serialize(
        new
        {
            outcome.Check.Type,
            Files = outcome.Paths,
            outcome.Report.Rows,
            Good = !outcome.Report.HasErrors,
            Findings = outcome.Report.Breaches.Select(breach => new
            {
                breach.File,
                breach.Line,
                breach.Position,
                breach.Column,
                Rule = breach.Rule.Code,
                Grade = Grade(breach.Rule),
                breach.Rule.Sentence,
                breach.Found,
                breach.Rule.Source,
                Certainty = Word(breach.Rule.Certainty),
            }),
            Counts = outcome.Report.Counts.Select(count => new { Rule = count.Key.Code, count.Key.File, Count = count.Value }),
            outcome.Report.Notes,
        },
        Serialization.Indented));

    public static void Rules(ITargetCheck check)
    {
        foreach (var rule in check.Rules.Where(rule => rule.Certainty != Certainty.Ours))
        {
            Console.WriteLine($"{rule.Code} [{Grade(rule)}, {Word(rule.Certainty)}]: {rule.Sentence} ({rule.Source})");
        }
    }

    public static string Grade(TargetRule rule) => rule.IsWarning ? "warning" : "error";

    public static string Word(Certainty certainty) => ConsoleTables.Word(certainty);

    private static int Shown(CheckReport report, (string Code, string File) place) =>
        report.Breaches.Count(breach => breach.Rule.Code == place.Code && breach.File == place.File);

    private static string Sum(CheckOutcome outcome)
    {
        var warnings = outcome.Check.Rules.Where(rule => rule.IsWarning).Select(rule => rule.Code).ToHashSet();
        var counts = outcome.Report.Counts.ToLookup(count => warnings.Contains(count.Key.Code), count => count.Value);
        return $"{outcome.Check.Type}: {Counted(outcome.Report.Rows, "row")}, {Counted(counts[false].Sum(), "error")}, {Counted(counts[true].Sum(), "warning")}";
    }

    private static string Counted(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");
}
