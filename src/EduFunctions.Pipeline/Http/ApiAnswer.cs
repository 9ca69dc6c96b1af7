using EduFunctions.Pipeline.Stages;

namespace EduFunctions.Pipeline.Http;

/// <summary>What an API call answers, for any host: the Functions app and the local host turn it into HTTP.</summary>
/// <param name="Body">Serialized with <see cref="Serialization.Indented"/>.</param>
/// <param name="Location">Where what was begun can be watched.</param>
public sealed record ApiAnswer(int Status, object Body, string? Location = null)
{
    /// <summary>Messages to be queued before the answer goes out.</summary>
    public NextMessages Next { get; init; } = NextMessages.None;

    /// <summary>What a caller without a good token is told in the header <c>WWW-Authenticate</c>.</summary>
    public string? Challenge { get; init; }

    public string ContentType => Body is ProblemDetails ? "application/problem+json" : "application/json";

    public static ApiAnswer Problem(int status, string title, string detail, string? run = null) =>
        new(status, new ProblemDetails(title, status, detail, run));
}

/// <summary>An error as RFC 9457 has it.</summary>
/// <param name="Run">The run that is in the way, if one is.</param>
public sealed record ProblemDetails(string Title, int Status, string Detail, string? Run);
