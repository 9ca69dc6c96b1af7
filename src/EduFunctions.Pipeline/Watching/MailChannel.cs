using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace EduFunctions.Pipeline.Watching;

/// <summary>Writes mail. The server's certificate is checked like any other.</summary>
public sealed class MailChannel(CallLimits limits) : IAlarmChannel
{
    public IEnumerable<AlarmReceiver> Receivers(AlarmSettings settings) => settings.Mail is { } mail
        ? [new AlarmReceiver("mail", (message, ct) => SendAsync(mail, message, ct))]
        : [];

    private async Task SendAsync(MailSettings settings, AlarmMessage message, CancellationToken ct)
    {
        using var client = new SmtpClient { Timeout = (int)limits.Alarm.TotalMilliseconds };
        await client.ConnectAsync(settings.Host, settings.Port, Security(settings.Security), ct);
        if (settings is { Username: { } username, Password: { } password })
        {
            await client.AuthenticateAsync(username, password.Reveal(), ct);
        }

        using var mail = Mail(settings, message);
        await client.SendAsync(mail, ct);
        await client.DisconnectAsync(quit: true, ct);
    }

    internal static MimeMessage Mail(MailSettings settings, AlarmMessage message)
    {
        var mail = new MimeMessage { Subject = $"EduFunctions: {message.Title}" };
        mail.From.Add(MailboxAddress.Parse(settings.From));
        mail.To.AddRange(settings.To.Select(MailboxAddress.Parse));
        var facts = string.Join('\n', message.Facts.Select(fact => $"{fact.Name}: {fact.Value}"));
        mail.Body = new TextPart("plain") { Text = $"{message.Text}\n\n{message.Advice}\n\n{facts}\n{(message.Link is null ? "" : $"\n{message.Link}\n")}" };

        // Nobody is to be answered by a holiday notice.
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static SecureSocketOptions Security(string security) => security switch
    {
        MailSettings.Tls => SecureSocketOptions.SslOnConnect,
        MailSettings.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
