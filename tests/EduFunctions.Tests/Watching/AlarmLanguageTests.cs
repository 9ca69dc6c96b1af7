using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Telemetry;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Languages;
using Xunit;

namespace EduFunctions.Tests.Watching;

/// <summary>Alarms and mails in the tenant's language, as people get them.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class AlarmLanguageTests
{
    private static readonly MailSettings Mail = new() { Host = "mail.example", From = "edufunctions@kommun.example", To = ["skola@kommun.example"] };

    private static readonly NamedSchools Schools = new(new Dictionary<string, string> { [SampleRun.School] = "Bergets skola" });

    public static TheoryData<string> Codes => [.. Language.All.Select(language => language.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_kind_of_alarm_as_a_mail(string code)
    {
        var tenant = TenantIn(code);
        var mails = SampleRun.Alarms
            .SelectMany(alarm => new[] { AlarmMessage.Of(tenant, alarm, address: new Uri("https://sync.example"), schools: Schools), AlarmMessage.Of(tenant, alarm, isOver: true, schools: Schools) })
            .Select(message => MailChannel.Mail(Mail, message))
            .Select(mail => $"{mail.Subject}\n\n{mail.TextBody!.ReplaceLineEndings("\n")}");

        var text = string.Join("\n----\n", mails);

        Assert.Equal(GoldenFiles.Expected($"tests/EduFunctions.Tests/Watching/Golden/alarms.{code}.txt", text), text);
        Assert.Equal(Enum.GetValues<AlarmKind>(), SampleRun.Alarms.Select(alarm => alarm.Kind).Distinct().Order());
    }

    /// <summary>Hashes have to be pasted whole, and what stands for a person is taken out before: neither may come of another language.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void Another_language_names_nobody_and_keeps_hashes(string code)
    {
        var hold = SampleRun.Alarms.Single(alarm => alarm.Kind == AlarmKind.Hold);
        var told = AlarmMessage.Of(TenantIn(code), hold with { Text = Impersonal.Of($"Feed apple: alva@kommun.example {hold.Text}", hold.Known) }).Text;

        Assert.Contains(SampleRun.Held.Feeds[0].Plan!.Hash, told);
        Assert.Contains(Impersonal.Mark, told);
        Assert.DoesNotContain("alva", told);
    }

    /// <summary>Of a feed that rests there is no plan to approve.</summary>
    [Theory]
    [MemberData(nameof(Codes))]
    public void Nobody_is_asked_to_approve_where_no_plan_waits(string code)
    {
        var resting = Assert.Single(Alarm.AllOf(SampleRun.Held with { Notices = null, Feeds = [.. SampleRun.Held.Feeds.Select(feed => feed with { Plan = null, Holds = [], Notices = null })] }));
        var asking = SampleRun.Alarms.Single(alarm => alarm.Kind == AlarmKind.Hold);

        Assert.Equal(AlarmKind.Hold, resting.Kind);
        Assert.Equal(
            Language.Of(code)["No plan waits for approval: see what the text says, then run again or wait."], AlarmMessage.Of(TenantIn(code), resting).Advice);
        Assert.NotEqual(AlarmMessage.Of(TenantIn(code), asking).Advice, AlarmMessage.Of(TenantIn(code), resting).Advice);
    }

    private static Tenant TenantIn(string language) => new() { Id = "nordhamn", Name = "Nordhamns kommun", Language = language, Source = null!, Feeds = [] };
}
