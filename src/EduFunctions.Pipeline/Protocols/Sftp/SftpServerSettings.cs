using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>A server that files are fetched from.</summary>
public sealed record SftpServerSettings : ISftpServer
{
    string ISftpServer.Section => "source.sftp";

    [Host]
    [Description("Name or address of the server that has the files.")]
    public required string Host { get; init; }

    [Range(1, 65535, ErrorMessage = "must be 1 to 65535")]
    [Description("Port of the server.")]
    public int Port { get; init; } = 22;

    [Description("User name on the server; the right to read is enough.")]
    public required string Username { get; init; }

    [Description("The user's password; this, privateKey, or both where the server wants both.")]
    public Secret? Password { get; init; }

    [Description("The user's private key in OpenSSH or PEM form.")]
    public Secret? PrivateKey { get; init; }

    [Description("Passphrase of the private key, when it has one.")]
    public Secret? Passphrase { get; init; }

    [Description("Fingerprints of the server's host keys (SHA256:…, as ssh-keygen -l prints them). From any other nothing is fetched.")]
    public required IReadOnlyList<string> HostKeys { get; init; }
}
