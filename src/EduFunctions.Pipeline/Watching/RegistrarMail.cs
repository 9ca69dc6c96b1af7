using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Listing;
using MimeKit;

namespace EduFunctions.Pipeline.Watching;

/// <summary>What is to be corrected in the register, as a mail with the list as a file: what and how often in words, the ids in the file. Pure.</summary>
/// <param name="address">Under which people find the pages; null where nobody has said it.</param>
public sealed class RegistrarMail(ListCsv csv, CodeSentences sentences, Uri? address)
{
    /// <param name="school">The id of the school whose list it is; null for all.</param>
    internal MimeMessage Of(Tenant tenant, RunList list, string? school, IReadOnlyList<string> to)
    {
        var language = Language.Of(tenant.Language);
        var whose = list.Rows is [{ SchoolName: { } name }, ..] && school is not null ? name : school ?? tenant.Name;
        var mail = Mailer.New(tenant.Alarms.Mail!.From, to, $"EduFunctions: {language[$"{whose}: {list.Rows.Count} to correct in the register"]}");
        var body = new BodyBuilder { TextBody = Text(list, school, language) };
        body.Attachments.Add($"{list.Tenant}-{list.Run}.csv", Encoding.UTF8.GetBytes(csv.Of(list, language)), new ContentType("text", "csv") { Charset = "utf-8" });
        mail.Body = body.ToMessageBody();
        return mail;
    }

    private string Text(RunList list, string? school, Language language)
    {
        var text = new StringBuilder();
        Add(text, list.Rows.Count == 0
            ? language["Nothing is left to correct. Thank you."]
            : language["The school register has the following to correct. The file beside this mail names the ids, with the school and what to do."]);
        foreach (var rows in list.Rows.GroupBy(row => row.Code).OrderByDescending(rows => rows.Count()).ThenBy(rows => rows.Key, StringComparer.Ordinal))
        {
            Add(text, $"{rows.Count()} × {csv.MeaningOf(rows.Key, language)} ({rows.Key})\n    {sentences.AdviceOn(rows.Key, language)}");
        }

        if (address is not null)
        {
            var query = school is null ? "" : $"?school={Uri.EscapeDataString(school)}";
            Add(text, new Uri(address, $"tenants/{list.Tenant}/runs/{list.Run}/lists/{RunList.Findings}{query}").AbsoluteUri);
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, string paragraph) => text.Append(text.Length == 0 ? "" : "\n").Append(paragraph).Append('\n');
}
