using System.Globalization;
using System.Text;

namespace EduFunctions.Pipeline.Incidents;

/// <summary>The report as a page for people: what is known, and what they have to add.</summary>
public static class IncidentText
{
    public static string Of(IncidentReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"# Incident: {report.Tenant}, {(report.Person is null ? $"run {report.Run}" : $"person {report.Person}")}");
        text.AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture, $"Made {Time(report.Made)} from the record of EduFunctions. Noticed {Time(report.Noticed)}.");
        text.AppendLine("It holds ids and no names; ids are personal data all the same.");
        Add(text, "By when", ["What", "Until"], report.Deadlines.Select(deadline => new[] { deadline.For, Time(deadline.Until) }));
        Add(text, "Where to", ["Target"], report.Recipients.Select(target => new[] { target }));
        AddRuns(text, report);
        Add(text, "Who did what", ["At", "What", "Who", "Why", "Run", "About", "Not done"], report.Acts.Select(act => new[]
        {
            Time(act.At), $"{act.Kind}", act.Who, act.Reason ?? "", act.Run ?? "", string.Join(", ", (act.What ?? []).Concat(act.People ?? [])), act.Refused ?? "",
        }));
        AddRecord(text, report);
        AddOpen(text);
        return text.ToString();
    }

    private static void AddRuns(StringBuilder text, IncidentReport report)
    {
        // Of a whole run nobody has asked for a person: what nobody has looked for is told nowhere.
        var ofPerson = report.Person is not null;
        Add(text, "When", ["Run", "Begun by", "From", "To", "State", .. Only(ofPerson, "Person")], report.Runs.Select(run => (string[])
        [
            run.Run, run.Reason is null ? $"{run.Trigger}" : $"{run.Trigger}: {run.Reason}", Time(run.Started), Time(run.Finished),
            run.StateReason is null ? $"{run.State}" : $"{run.State}: {run.StateReason}", .. Only(ofPerson, Decided(run.Person)),
        ]));
        var sent =
            from run in report.Runs
            from feed in run.Feeds
            from file in feed.Files.DefaultIfEmpty(null)
            select (string[])
            [
                run.Run, feed.Name, feed.Target ?? "", $"{feed.State}", Time(feed.Finished), .. Only(ofPerson, Has(feed)), feed.Decision ?? "",
                file?.Name ?? "", file?.Sha256 ?? "",
            ];
        Add(text, "What was sent", ["Run", "Feed", "Target", "State", "At", .. Only(ofPerson, "Has the person"), "Decided by", "File", "SHA-256"], sent);
    }

    private static string[] Only(bool isThere, string cell) => isThere ? [cell] : [];

    private static void AddRecord(StringBuilder text, IncidentReport report)
    {
        Head(text, "Proofs");
        text.AppendLine(report.Record switch
        {
            null => $"The record could not be verified: {report.NotVerified}",
            { Problems.Count: 0 } good => $"The record is as it was sealed: {good.Entries} entries, head {good.Head}, {good.Checked} blobs compared.",
            { } bad => $"The record is NOT as it was sealed: {string.Join(" ", bad.Problems)}",
        });
        text.AppendLine("The records that this page was made of lie beside it in `proofs`; each is in the chain `seal.jsonl` with its hash.");
    }

    private static void AddOpen(StringBuilder text)
    {
        Head(text, "To be added by you");
        foreach (var question in (string[])
        [
            "What happened, and how it was noticed, and by whom.",
            "Whom it concerns, and how many, and of what kind (pupils, staff, guardians, protected persons).",
            "What the recipients have done with it: whether it was deleted there, who saw it.",
            "What follows from it for those concerned, and whether they have been told.",
            "What was done against it, and against it happening again.",
        ])
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"- [ ] {question}");
        }
    }

    private static string Decided(IncidentPerson? person) =>
        person is null ? "not known any more"
        : !person.InPull ? "not handed out by the register"
        : string.Join("; ", [.. person.Roles.Select(role => $"handed on as {role}"), .. person.Reasons]);

    private static string Has(IncidentFeed feed) => (feed.InFiles, feed.Chosen) switch
    {
        (true, _) => "yes, in the files",
        (false, _) => "no",
        (_, true) => "yes, by the decision; the files are encrypted or gone",
        (_, false) => "no, by the decision",
        _ => "not known any more",
    };

    private static void Add(StringBuilder text, string title, string[] columns, IEnumerable<string[]> rows)
    {
        Head(text, title);
        Row(text, columns);
        Row(text, [.. columns.Select(_ => "---")]);
        foreach (var row in rows)
        {
            Row(text, row);
        }
    }

    private static void Head(StringBuilder text, string title) => text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {title}").AppendLine();

    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ")))} |");

    private static string Time(DateTimeOffset? time) => time is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC" : "";
}
