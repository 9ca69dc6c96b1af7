using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>Who is told, and of what. Without a webhook or mail nobody is.</summary>
public sealed record AlarmSettings
{
    [Description("Whether a held run is told, a feed that goes to another address than before, and a list of the source that cannot be read whole.")]
    public bool Hold { get; init; } = true;

    [Description("Whether a failed run is told, and a tenant file that is refused.")]
    public bool Failure { get; init; } = true;

    [Description("Whether a feed without a good delivery for longer than its freshnessHours is told.")]
    public bool Freshness { get; init; } = true;

    [Description("Whether a message that failed for good is told.")]
    public bool Poison { get; init; } = true;

    [Description("Whether a name or row that would have named a protected person is told, and that unusually many have become protected at once.")]
    public bool Protection { get; init; } = true;

    [Description("Channels of chat systems.")]
    public IReadOnlyList<WebhookSettings> Webhooks { get; init; } = [];

    [Description("A mail server and whom it is to write to.")]
    public MailSettings? Mail { get; init; }

    public bool Wants(AlarmKind kind) => kind switch
    {
        AlarmKind.Hold or AlarmKind.Target or AlarmKind.Source => Hold,
        AlarmKind.Failure or AlarmKind.TenantFile or AlarmKind.Seals => Failure,
        AlarmKind.Freshness => Freshness,
        AlarmKind.Protection or AlarmKind.ManyProtected => Protection,
        _ => Poison,
    };

    /// <summary>Settings, by path below this one, that cannot be used.</summary>
    public IEnumerable<(string Path, string Cause)> Contradictions() =>
    [
        .. Webhooks.Index().Where(each => !each.Item.IsUsable).Select(each => ($"webhooks[{each.Index}].url", "must name an https address")),
        .. Mail?.Contradictions() ?? [],
    ];
}

public sealed record WebhookSettings
{
    [AllowedValues("teams", "slack", ErrorMessage = "must be \"teams\" or \"slack\"")]
    [Description("Whose format: teams (an adaptive card for a workflow) or slack.")]
    public required string Format { get; init; }

    [Description("The secret that holds the address: whoever knows it can write to the channel.")]
    public required Secret Url { get; init; }

    internal bool IsUsable => Uri.TryCreate(Url.Reveal(), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback && !SafeAddressAttribute.IsAzure));
}

public sealed record MailSettings
{
    public const string StartTls = "startTls";
    public const string Tls = "tls";
    public const string None = "none";

    private const string AddressPattern = @"^[^@\s]+@[^@\s]+$";

    [Host]
    [Description("The mail server.")]
    public required string Host { get; init; }

    [Range(1, 65535, ErrorMessage = "must be 1 to 65535")]
    [Description("Its port for senders.")]
    public int Port { get; init; } = 587;

    [AllowedValues(StartTls, Tls, None, ErrorMessage = "must be \"startTls\", \"tls\" or \"none\"")]
    [Description("startTls, tls (mostly port 465), or none for a server on the same machine.")]
    public string Security { get; init; } = StartTls;

    [Description("The account to log in with; absent for a server that asks for none.")]
    public string? Username { get; init; }

    [Description("Its password.")]
    public Secret? Password { get; init; }

    [RegularExpression(AddressPattern, ErrorMessage = "must be a mail address")]
    [Description("Who writes.")]
    public required string From { get; init; }

    [Description("Who is written to.")]
    public required IReadOnlyList<string> To { get; init; }

    internal static bool IsAddress(string text) => System.Text.RegularExpressions.Regex.IsMatch(text, AddressPattern);

    internal IEnumerable<(string Path, string Cause)> Contradictions()
    {
        if (Security == None && !(Host == "localhost" || (System.Net.IPAddress.TryParse(Host, out var address) && System.Net.IPAddress.IsLoopback(address))))
        {
            yield return ("mail.security", "must be \"startTls\" or \"tls\" for a server on another machine");
        }

        if (Username is null != Password is null)
        {
            yield return ("mail", "takes username and password together, or neither");
        }

        if (To.Count == 0)
        {
            yield return ("mail.to", "must name somebody");
        }

        foreach (var (i, _) in To.Index().Where(each => !IsAddress(each.Item)))
        {
            yield return ($"mail.to[{i}]", "must be a mail address");
        }
    }
}
