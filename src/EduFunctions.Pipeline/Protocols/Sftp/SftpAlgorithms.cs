using Renci.SshNet;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>
/// What may be agreed on with a server: nothing of SHA-1, MD5 or with blocks in a chain, as OpenSSH's own client has it, and no key below 2048 bits.
/// Certificates of hosts are not asked for: keys are pinned.
/// </summary>
internal static class SftpAlgorithms
{
    public const int ShortestRsaKey = 2048;

    /// <summary>Kinds of host keys, strongest first: a server has one key of each, under whatever names it signs with it.</summary>
    public static IReadOnlyList<string> KeyKinds { get; } = ["ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa"];

    /// <param name="kinds">Of the host keys that are asked for.</param>
    public static void Restrict(ConnectionInfo connection, IReadOnlyCollection<string> kinds)
    {
        Keep(connection.KeyExchangeAlgorithms, name => !name.EndsWith("-sha1", StringComparison.Ordinal));
        Keep(connection.Encryptions, name => name.EndsWith("-ctr", StringComparison.Ordinal) || name.Contains("-gcm@") || name.StartsWith("chacha20", StringComparison.Ordinal));
        Keep(connection.HmacAlgorithms, name => name.StartsWith("hmac-sha2-", StringComparison.Ordinal));
        Keep(connection.HostKeyAlgorithms, name => KindOf(name) is { } kind && kinds.Contains(kind));
    }

    /// <summary>Null for one that is not agreed on. Other names of RSA keys sign with SHA-1.</summary>
    public static string? KindOf(string algorithm) => KeyKinds.FirstOrDefault(
        kind => kind == "rsa" ? algorithm is "rsa-sha2-512" or "rsa-sha2-256" : algorithm == kind);

    private static void Keep<T>(IDictionary<string, T> algorithms, Predicate<string> isStrong)
    {
        foreach (var name in algorithms.Keys.Where(name => !isStrong(name)).ToList())
        {
            algorithms.Remove(name);
        }
    }
}
