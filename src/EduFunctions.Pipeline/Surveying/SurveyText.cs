using System.Globalization;
using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;

namespace EduFunctions.Pipeline.Surveying;

/// <summary>A survey as text, for people.</summary>
/// <param name="rules">What codes of rules mean.</param>
/// <param name="findings">What codes of findings mean.</param>
public sealed class SurveyText(RuleCatalog rules, FindingCatalog findings)
{
    // Names have any length, figures have not.
    private static readonly CompositeFormat Line = CompositeFormat.Parse("{0,13}  {1}\n");

    public string Of(Survey survey)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{survey.Tenant}, {survey.Source}, {survey.Date:yyyy-MM-dd}\n");
        Write(text, "rows", survey.Collections.OrderBy(entry => entry.Key, StringComparer.Ordinal));
        foreach (var (name, values) in survey.Values)
        {
            Write(text, Words(name), values);
        }

        Head(text, "of all");
        foreach (var share in survey.Shares)
        {
            Add(text, share.What, $"{share.Count}/{share.Of}");
        }

        Write(text, "findings", survey.Findings.Select(finding => KeyValuePair.Create(Sentence(finding.Code), finding.Count)));
        WriteUnmatched(text, survey);
        WriteOutcome(text, survey);
        return text.ToString();
    }

    private void WriteOutcome(StringBuilder text, Survey survey)
    {
        if (survey.Held is { } reason)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nThe night would be held: {reason}\n");
            return;
        }

        Write(text, "left out by rules", survey.LeftOut.Select(entry => KeyValuePair.Create(rules.Find(entry.Key)?.Sentence ?? entry.Key, entry.Value)));
        foreach (var feed in survey.Feeds)
        {
            Head(text, $"feed {feed.Name} ({feed.Type})");
            Add(text, "persons", $"{feed.Persons}/{feed.Of}");
            Add(text, "sections of the roster", feed.Sections);
            foreach (var (code, count) in feed.Why)
            {
                Add(text, Sentence(code), count);
            }

            if (feed.Problem is { Length: > 0 } problem)
            {
                text.Append(CultureInfo.InvariantCulture, $"  would be held: {problem}\n");
            }
        }

        if (survey.Guard.Count > 0)
        {
            Head(text, "the guard at schools of this size");
        }

        foreach (var hint in survey.Guard)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {hint}\n");
        }
    }

    private static void WriteUnmatched(StringBuilder text, Survey survey)
    {
        if (survey.Unmatched.Count > 0)
        {
            Head(text, "settings that match nothing");
        }

        foreach (var unmatched in survey.Unmatched)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {unmatched}\n");
        }
    }

    private string Sentence(string code) => findings.Find(code)?.Sentence ?? code;

    private static void Write(StringBuilder text, string head, IEnumerable<KeyValuePair<string, int>> entries)
    {
        var all = entries.ToList();
        if (all.Count > 0)
        {
            Head(text, head);
            all.ForEach(entry => Add(text, entry.Key, entry.Value));
        }
    }

    private static void Head(StringBuilder text, string head) => text.Append(CultureInfo.InvariantCulture, $"\n{head}\n");

    private static void Add(StringBuilder text, string name, object value) => text.AppendFormat(CultureInfo.InvariantCulture, Line, value, name);

    /// <summary><c>UnitTypes</c> as <c>unit types</c>.</summary>
    private static string Words(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name).Replace('_', ' ');
}
