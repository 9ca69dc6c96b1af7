using EduFunctions.Pipeline.Acts;

namespace EduFunctions.Pipeline.Http;

/// <summary>Who may: each role may what the ones before it may.</summary>
public enum ApiRole
{
    Anyone,
    Reader,
    Operator,
}

/// <summary>A request as any host hands it over.</summary>
/// <param name="Path">From the root, unescaped.</param>
/// <param name="Header">A header by name, joined by commas when it came several times, so that none of them counts alone; null when there is none.</param>
/// <param name="IsVouchedFor">Whether the host has let the caller in itself: by a function key, or since only this machine reaches it.</param>
public sealed record ApiCall(string Method, string Path, Func<string, string?> Header, Stream Body, bool IsVouchedFor)
{
    /// <summary>What the route's places hold.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>What the address asks for behind its question mark, by name; null when there is none.</summary>
    public Func<string, string?> Query { get; init; } = _ => null;

    /// <summary>The same as a whole, as it came: a question mark with what stands behind it; empty for nothing.</summary>
    public string Search { get; init; } = "";

    /// <summary>What the caller may do here.</summary>
    public ApiRole Role { get; init; }

    /// <summary>What the caller may do at which tenant, for calls that concern several.</summary>
    public Grants Grants { get; init; } = Grants.None;

    /// <summary>Who calls, for the record; null when it cannot be told.</summary>
    public string? Caller { get; init; }

    public bool MaySeeAll => Grants.Everywhere >= ApiRole.Reader;

    /// <summary>Whether also protected persons of the tenant that it is about are found for the caller.</summary>
    public bool MayFindProtected => Values.TryGetValue("tenant", out var tenant) && Grants.MayFindProtected(tenant);

    public bool MaySee(string tenant) => Grants.At(tenant) >= ApiRole.Reader;

    /// <summary>Who calls, with the reason that the call gives.</summary>
    public Asker Asker(string? reason) => Acts.Asker.Of(Caller, reason);

    public string this[string name] => Values[name];
}
