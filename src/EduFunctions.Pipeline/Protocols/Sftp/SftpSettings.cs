using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.OpenPgp;

namespace EduFunctions.Pipeline.Protocols.Sftp;

public sealed record SftpSettings : DeliverySettings, ISftpServer
{
    string ISftpServer.Section => "delivery";

    [Host]
    [Description("Name or address of the server.")]
    public required string Host { get; init; }

    [Range(1, 65535, ErrorMessage = "must be 1 to 65535")]
    [Description("Port of the server.")]
    public int Port { get; init; } = 22;

    [Description("User name on the server.")]
    public required string Username { get; init; }

    [Description("Password, also where the server asks for it in a dialog; this, privateKey, or both where the server wants both.")]
    public Secret? Password { get; init; }

    [Description("Private key in OpenSSH or PEM form.")]
    public Secret? PrivateKey { get; init; }

    [Description("Passphrase of the private key, when it has one.")]
    public Secret? Passphrase { get; init; }

    [Description("Fingerprints of the server's host keys, as ssh-keygen -l prints them (SHA256:…). Any other key is refused.")]
    public required IReadOnlyList<string> HostKeys { get; init; }

    [Description("Encrypts every file for its receiver and signs it; absent sends the files as they are.")]
    public OpenPgpSettings? OpenPgp { get; init; }

    [Description("Folder on the server that receives the files; empty is the login folder.")]
    public string Directory { get; init; } = "";

    public override IEnumerable<(string Key, string Cause)> Contradictions(FeedSetup setup) => ((ISftpServer)this).Contradictions();

    public override IEnumerable<(string Key, string Cause)> UnusableSecrets() =>
        OpenPgp?.UnusableSecrets().Select(each => ($"openPgp.{each.Key}", each.Cause)) ?? [];
}
