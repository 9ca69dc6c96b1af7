using System.Text.Json;
using EduFunctions.Simulators.Node;

namespace EduFunctions.Simulators.Mail;

/// <param name="Content">Headers and body as they came.</param>
public sealed record ReceivedMail(string From, IReadOnlyList<string> To, string Content);

/// <summary>A mail server (npm smtp-server) that asks for a login. With STARTTLS its certificate is one that nobody trusts.</summary>
public sealed class MailServer : IAsyncDisposable
{
    public const string Username = "alarms@kommun.example";
    public const string Password = "mail-password";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly NodeProcess _node;

    private MailServer(NodeProcess node) => _node = node;

    public int Port => JsonElement.Parse(_node.ReadyLine).GetProperty("listening").GetInt32();

    public IReadOnlyList<ReceivedMail> Received =>
    [
        .. _node.Output.Where(line => line.Contains("\"content\"")).Select(line => JsonSerializer.Deserialize<ReceivedMail>(line, Json)!),
    ];

    public static async Task<MailServer> StartAsync(bool startTls = false, CancellationToken ct = default)
    {
        var packages = await NodeTools.InstallAsync(ct: ct);
        var settings = JsonSerializer.Serialize(new { Username, Password, StartTls = startTls }, Json);
        return new MailServer(await NodeProcess.StartAsync("Mail/smtp.mjs", [settings], packages, line => line.Contains("\"listening\""), ct));
    }

    public ValueTask DisposeAsync() => _node.DisposeAsync();
}
