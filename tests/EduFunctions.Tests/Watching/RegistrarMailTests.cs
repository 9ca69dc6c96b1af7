using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace EduFunctions.Tests.Watching;

/// <summary>What registrars get by mail, word for word.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RegistrarMailTests
{
    private const string School = "6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41";
    private const string Person = "4e029f67-638e-514f-814b-095d3e88a048";

    private static readonly RunList List = new("nordhamn", "20260901T173000Z-0a1b", RunList.Findings, [
        new("name.missing", "person", Person, null, School, "Bergets skola"),
        new("reference.dangling", "group", Person, School, School, "Bergets skola"),
        new("reference.dangling", "group", School, Person, School, "Bergets skola"),
    ]);

    [Theory]
    [InlineData("sv")]
    [InlineData("da")]
    [InlineData("en")]
    public void A_mail_says_what_and_how_often_and_the_file_has_the_ids(string language)
    {
        using var some = Mail(language, List, School);
        using var none = Mail(language, List with { Rows = [] }, school: null);

        var text = new StringBuilder();
        foreach (var mail in new[] { some, none })
        {
            text.Append(mail.Subject).Append('\n').Append(mail.To).Append("\n\n").Append(mail.TextBody!.ReplaceLineEndings("\n")).Append("---\n");
        }

        Assert.Equal(GoldenFiles.Expected($"tests/EduFunctions.Tests/Watching/Golden/registrars.{language}.txt", text.ToString()), text.ToString());
        Assert.DoesNotContain(Person, some.TextBody);
        var file = Assert.IsAssignableFrom<MimePart>(Assert.Single(some.Attachments));
        using var content = new MemoryStream();
        file.Content!.DecodeTo(content);
        Assert.Contains(Person, Encoding.UTF8.GetString(content.ToArray()));
    }

    private static MimeMessage Mail(string language, RunList list, string? school)
    {
        var services = Registered.Services;
        var mails = new RegistrarMail(services.GetRequiredService<ListCsv>(), services.GetRequiredService<CodeSentences>(), new Uri("https://sync.example/"));
        var server = new MailSettings { Host = "mail.example", From = "edufunctions@kommun.example", To = ["it@kommun.example"] };
        var tenant = new Tenant { Id = "nordhamn", Name = "Nordhamns kommun", Language = language, Source = null!, Feeds = [], Alarms = new AlarmSettings { Mail = server } };
        return mails.Of(tenant, list, school, ["skola@kommun.example"]);
    }
}
