using EduFunctions.Pipeline.Contracts;
using MimeKit;

namespace EduFunctions.Pipeline.Watching;

/// <summary>Tells alarms by mail.</summary>
public sealed class MailChannel(Mailer mailer) : IAlarmChannel
{
    public IEnumerable<AlarmReceiver> Receivers(AlarmSettings settings) => settings.Mail is { } mail
        ? [new AlarmReceiver("mail", (message, ct) => SendAsync(mail, message, ct), ct => mailer.ReachAsync(mail, ct))]
        : [];

    private async Task SendAsync(MailSettings settings, AlarmMessage message, CancellationToken ct)
    {
        using var mail = Mail(settings, message);
        await mailer.SendAsync(settings, mail, ct);
    }

    internal static MimeMessage Mail(MailSettings settings, AlarmMessage message)
    {
        var mail = Mailer.New(settings.From, settings.To, $"EduFunctions: {message.Title}");
        var facts = string.Join('\n', message.Facts.Select(fact => $"{fact.Name}: {fact.Value}"));
        mail.Body = new TextPart("plain") { Text = $"{message.Text}\n\n{message.Advice}\n\n{facts}\n{(message.Link is null ? "" : $"\n{message.Link}\n")}" };
        return mail;
    }
}
