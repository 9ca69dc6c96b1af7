namespace EduFunctions.Pipeline.Http;

/// <summary>A way in: what it is called in the document, who may, and what answers.</summary>
/// <param name="Template">From the root, places in braces.</param>
public sealed record ApiRoute(string Name, string Method, string Template, ApiRole Role, Func<ApiCall, CancellationToken, Task<ApiAnswer>> AnswerAsync)
{
    /// <summary>The methods it answers; a HEAD as its GET, whose body the server leaves out.</summary>
    public IReadOnlyList<string> Methods { get; } = Method == "GET" ? ["GET", "HEAD"] : [Method];

    /// <summary>Whether programs call it: in Azure such a call comes by its own function, with that one's key.</summary>
    public bool IsApi => Template.StartsWith("/api/", StringComparison.Ordinal);

    private readonly string[] _segments = Template.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether it concerns several tenants, and does or shows for each caller what he may at each of them.</summary>
    public bool IsOfMany { get; init; }

    public required string Summary { get; init; }

    /// <summary>Null for a call without a body.</summary>
    public ApiContent? Body { get; init; }

    /// <summary>The answer when all is well.</summary>
    public required ApiContent Good { get; init; }

    public int Status { get; init; } = 200;

    /// <summary>Further statuses it answers with, all as problems.</summary>
    public IReadOnlyList<int> Problems { get; init; } = [];

    public IEnumerable<string> Places => _segments.Where(IsPlace).Select(place => place[1..^1]);

    /// <summary>What its places hold; null for another path.</summary>
    public IReadOnlyDictionary<string, string>? Match(IReadOnlyList<string> path)
    {
        if (path.Count != _segments.Length)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < path.Count; at++)
        {
            if (IsPlace(_segments[at]))
            {
                values[_segments[at][1..^1]] = path[at];
            }
            else if (!_segments[at].Equals(path[at], StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }

        return values;
    }

    /// <summary>What somebody may do here: at the tenant that the address names, else everywhere.</summary>
    public ApiRole RoleIn(Grants grants, IReadOnlyDictionary<string, string> values) =>
        values.TryGetValue("tenant", out var tenant) ? grants.At(tenant) : IsOfMany ? grants.Anywhere : grants.Everywhere;

    private static bool IsPlace(string segment) => segment.StartsWith('{');
}

/// <summary>What a body holds.</summary>
/// <param name="Type">What is serialized; <see cref="Html"/> for a page, null for a form.</param>
/// <param name="Example">One of that type; for a form its fields.</param>
public sealed record ApiContent(Type? Type, object? Example = null)
{
    public static ApiContent Page { get; } = new(typeof(Html));

    public static ApiContent Of<T>(T example)
        where T : notnull => new(typeof(T), example);

    /// <param name="fields">Each with an example.</param>
    public static ApiContent Form(params IEnumerable<(string Name, string Example)> fields) => new(null, fields.ToDictionary(field => field.Name, field => field.Example));
}
