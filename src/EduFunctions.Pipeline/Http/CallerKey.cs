using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace EduFunctions.Pipeline.Http;

/// <summary>A key that callers give where no platform signs them in, with the name that goes on record and what it opens.</summary>
public sealed record CallerKey(string Name, string Key, IReadOnlyList<string> Roles)
{
    /// <summary>The one key that has no name.</summary>
    public const string Setting = "ApiKey";

    /// <summary>Any number of others: <c>ApiKeys:anna:Key</c>, <c>ApiKeys:anna:Roles</c>.</summary>
    public const string NamedSetting = "ApiKeys";

    private const string Nameless = "a holder of the key";
    private const string Operator = "operator";

    public static IReadOnlyList<CallerKey> Of(IConfiguration configuration) =>
    [
        .. configuration[Setting] is { Length: > 0 } key ? [new CallerKey(Nameless, key, [Operator])] : Array.Empty<CallerKey>(),
        .. from named in configuration.GetSection(NamedSetting).GetChildren()
           let itsKey = named["Key"]
           where itsKey is { Length: > 0 }
           select new CallerKey(named.Key, itsKey, (named["Roles"] ?? Operator).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
    ];

    public bool Is(string given) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(Key)));
}
