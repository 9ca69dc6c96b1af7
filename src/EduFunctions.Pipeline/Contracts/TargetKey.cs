using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>
/// What is the same for all ways of writing an address that may mean one place. Made of the address as people read it, so whatever was ever put on record
/// has one. Two that are alike by mistake cost a question; two that are not would let a delivery go blindly. The kind of feed is part of a target: what reads
/// other files at the same address knows nothing of those before.
/// </summary>
public readonly record struct TargetKey
{
    /// <summary>Where a web address wants a file's name.</summary>
    public const string FilePlace = "{file}";

    private const string Local = "localhost";

    private TargetKey(string text, bool isLoopback, string? type) => (Text, IsLoopback, Type) = (text, isLoopback, type);

    public string Text { get; }

    /// <summary>Whether it is this machine itself, which on another machine is another place.</summary>
    public bool IsLoopback { get; }

    /// <summary>The kind of feed that the target reads; null where that is not known, or does not matter.</summary>
    public string? Type { get; }

    /// <summary>For names of blobs.</summary>
    public string Name => NameOf(Hash, Type);

    /// <summary>Of the address alone.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)).AsSpan(0, 16));

    public static string NameOf(string hash, string? type) => type is null ? hash : $"{hash}-{type}";

    public static TargetKey Of(string address, string? type = null)
    {
        var text = address.Trim();
        if (text.IndexOf("://", StringComparison.Ordinal) is not (> 0 and var end))
        {
            return new TargetKey(text, isLoopback: false, type);
        }

        var (scheme, rest) = (text[..end].ToLowerInvariant(), text[(end + 3)..]);
        var isWeb = scheme is "http" or "https";
        if (isWeb)
        {
            rest = rest.Split('?', '#')[0];
        }

        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var (authority, path) = slash < 0 ? (rest, "") : (rest[..slash], rest[slash..]);
        var at = authority.LastIndexOf('@');
        var (account, server) = at < 0 ? ("", authority) : (authority[..(at + 1)], authority[(at + 1)..]);
        var (host, port) = SplitPort(server, scheme);
        host = Host(host);
        return new TargetKey($"{scheme}://{account}{host}:{port}/{Path(isWeb ? Uri.UnescapeDataString(path) : path)}", host == Local, type);
    }

    /// <summary>Whether it is at the same address.</summary>
    public bool IsAt(TargetKey other) => Text == other.Text;

    /// <summary>Whether files for both lie in one place. What is on record goes by the address alone; but where that does not say where a file's name goes, it goes behind it.</summary>
    public bool Meets(TargetKey other) => WithoutFile(Text) == WithoutFile(other.Text);

    /// <summary>Whether it is the same target, as far as is known of both.</summary>
    public bool Is(TargetKey other) => IsAt(other) && (Type is null || other.Type is null || Type == other.Type);

    public override string ToString() => Text;

    private static string WithoutFile(string text) =>
        text.StartsWith("http", StringComparison.Ordinal) && text.EndsWith($"/{FilePlace}", StringComparison.Ordinal) ? text[..^FilePlace.Length].TrimEnd('/') : text.TrimEnd('/');

    /// <summary>An address of six may stand without its brackets where a port always follows.</summary>
    private static (string Host, int Port) SplitPort(string server, string scheme)
    {
        var colon = server.LastIndexOf(':');
        return colon > server.IndexOf(']', StringComparison.Ordinal) && int.TryParse(server.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? (server[..colon], port)
            : (server, scheme switch { "http" => 80, "https" => 443, "sftp" => 22, _ => 0 });
    }

    private static string Host(string host)
    {
        var name = host.Trim('[', ']').TrimEnd('.').ToLowerInvariant();
        if (!IPAddress.TryParse(name, out var address))
        {
            return name == Local || name.EndsWith($".{Local}", StringComparison.Ordinal) || name is "ip6-localhost" or "localhost.localdomain" ? Local : name;
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) ? Local
            : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]"
            : address.ToString();
    }

    private static string Path(string path)
    {
        var steps = new List<string>();
        foreach (var step in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(step => step != "."))
        {
            if (step != "..")
            {
                steps.Add(step);
            }
            else if (steps.Count > 0)
            {
                steps.RemoveAt(steps.Count - 1);
            }
        }

        return string.Join('/', steps);
    }
}
