using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.Pipeline.Http;

/// <summary>What a call answers, for any host: the Functions app and the local host turn it into HTTP.</summary>
/// <param name="Body">A page, or what is serialized with <see cref="Serialization.Indented"/>.</param>
/// <param name="Location">Where what was begun can be watched.</param>
public sealed record ApiAnswer(int Status, object Body, string? Location = null)
{
    private static readonly (string Name, string Value)[] Always =
    [
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),

        // Over plain http, as on loopback, browsers pass it over.
        ("Strict-Transport-Security", "max-age=31536000"),
        ("Content-Security-Policy", $"default-src 'none'; img-src data:; style-src '{Pages.Style.Hash}'; script-src '{Pages.Live.Hash}'; connect-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"),
    ];

    /// <summary>All is said by the headers.</summary>
    public static ApiAnswer Nothing { get; } = new(204, "");

    /// <summary>Messages to be queued before the answer goes out.</summary>
    public NextMessages Next { get; init; } = NextMessages.None;

    /// <summary>A header that only this answer has.</summary>
    public (string Name, string Value)? Extra { get; init; }

    /// <summary>Null for an answer without a body.</summary>
    public string? ContentType => Body switch
    {
        "" => null,
        ProblemDetails => "application/problem+json",
        Html => "text/html; charset=utf-8",
        Csv => "text/csv; charset=utf-8",
        _ => "application/json",
    };

    public string Text => Body switch
    {
        "" => "",
        Html page => page.ToString(),
        Csv file => file.Text,
        _ => JsonSerializer.Serialize(Body, Serialization.Indented),
    };

    public IEnumerable<(string Name, string Value)> Headers =>
    [
        .. Always,
        .. Location is null ? [] : new[] { ("Location", Location) },
        .. Extra is { } extra ? [extra] : Array.Empty<(string, string)>(),
    ];

    public static ApiAnswer Problem(int status, string title, string detail, string? run = null) =>
        new(status, new ProblemDetails(title, status, detail, run));
}

/// <summary>An error as RFC 9457 has it.</summary>
/// <param name="Run">The run that is in the way, if one is.</param>
public sealed record ProblemDetails(string Title, int Status, string Detail, string? Run);
