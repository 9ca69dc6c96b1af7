using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace EduFunctions.Pipeline.Watching;

/// <summary>Sends mail through a tenant's server, whose certificate is checked like any other.</summary>
public sealed class Mailer(CallLimits limits)
{
    public async Task SendAsync(MailSettings settings, MimeMessage mail, CancellationToken ct)
    {
        using var client = await OpenAsync(settings, ct);
        await client.SendAsync(mail, ct);
        await client.DisconnectAsync(quit: true, ct);
    }

    /// <summary>Connection, certificate and login, and no mail.</summary>
    public async Task ReachAsync(MailSettings settings, CancellationToken ct)
    {
        using var client = await OpenAsync(settings, ct);
        await client.DisconnectAsync(quit: true, ct);
    }

    private async Task<SmtpClient> OpenAsync(MailSettings settings, CancellationToken ct)
    {
        var client = new SmtpClient { Timeout = (int)limits.Alarm.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(settings.Host, settings.Port, Security(settings.Security), ct);
            if (settings is { Username: { } username, Password: { } password })
            {
                await client.AuthenticateAsync(username, password.Reveal(), ct);
            }

            return client;
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>A mail that no holiday notice answers.</summary>
    internal static MimeMessage New(string from, IEnumerable<string> to, string subject)
    {
        var mail = new MimeMessage { Subject = subject };
        mail.From.Add(MailboxAddress.Parse(from));
        mail.To.AddRange(to.Select(MailboxAddress.Parse));
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
