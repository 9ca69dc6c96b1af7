using System.Net.Sockets;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace EduFunctions.Pipeline.Watching;

/// <summary>Sends mail through a tenant's server, whose certificate is checked like any other.</summary>
public sealed class Mailer(CallLimits limits)
{
    /// <summary>Greetings and answers are lines; a certificate and its chain are the longest that a server has to say.</summary>
    private const long MostSaid = 1 << 20;

    public Task SendAsync(MailSettings settings, MimeMessage mail, CancellationToken ct) => TalkAsync(settings, client => client.SendAsync(mail, ct), ct);

    /// <summary>Connection, certificate and login, and no mail.</summary>
    public Task ReachAsync(MailSettings settings, CancellationToken ct) => TalkAsync(settings, _ => Task.CompletedTask, ct);

    /// <summary>Whoever waits for a server lends the slot: what becomes of one tenant's mail is nobody else's night.</summary>
    private Task<bool> TalkAsync(MailSettings settings, Func<SmtpClient, Task> say, CancellationToken ct) => WorkSlot.WaitAsync(async () =>
    {
        using var client = await OpenAsync(settings, ct);
        await say(client);
        await client.DisconnectAsync(quit: true, ct);
        return true;
    });

    private async Task<SmtpClient> OpenAsync(MailSettings settings, CancellationToken ct)
    {
        var client = new SmtpClient { Timeout = (int)limits.Alarm.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(await DialAsync(settings, ct), settings.Host, settings.Port, Security(settings.Security), ct);
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

    private static async Task<Stream> DialAsync(MailSettings settings, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(settings.Host, settings.Port, ct);
            return new BoundedStream(new NetworkStream(socket, ownsSocket: true), MostSaid);
        }
        catch
        {
            socket.Dispose();
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
