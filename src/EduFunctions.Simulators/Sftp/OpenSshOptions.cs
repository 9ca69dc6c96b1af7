namespace EduFunctions.Simulators.Sftp;

/// <summary>How an OpenSSH server is set up.</summary>
public sealed record OpenSshOptions
{
    /// <summary>Kinds of host keys as ssh-keygen names them, with the bits where they are not the usual ones, such as <c>rsa:1024</c>.</summary>
    public IReadOnlyList<string> HostKeys { get; init; } = ["ed25519"];

    /// <summary>Further lines of sshd_config.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];
}
