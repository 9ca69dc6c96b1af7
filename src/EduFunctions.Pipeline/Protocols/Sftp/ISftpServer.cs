using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>A server and the way in, wherever the tenant file says it.</summary>
internal interface ISftpServer
{
    /// <summary>Where it stands in the tenant file, which people are sent to: <c>delivery</c>, <c>source.sftp</c>.</summary>
    string Section { get; }

    string Host { get; }

    int Port { get; }

    string Username { get; }

    Secret? Password { get; }

    Secret? PrivateKey { get; }

    Secret? Passphrase { get; }

    IReadOnlyList<string> HostKeys { get; }

    /// <summary>Settings, by key, that cannot go together.</summary>
    IEnumerable<(string Key, string Cause)> Contradictions()
    {
        const string fingerprint = "SHA256:";
        if (Password is null && PrivateKey is null)
        {
            yield return ("password", "needs password, privateKey or both");
        }

        if (HostKeys.Count == 0 || HostKeys.Any(key => !key.StartsWith(fingerprint, StringComparison.Ordinal) || string.IsNullOrWhiteSpace(key[fingerprint.Length..])))
        {
            yield return ("hostKeys", "needs at least one fingerprint of the form SHA256:…");
        }
    }
}
