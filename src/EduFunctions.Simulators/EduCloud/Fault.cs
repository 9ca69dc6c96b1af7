namespace EduFunctions.Simulators.EduCloud;

/// <summary>What a request for a page is about. Pages count from 0, attempts at a page from 1.</summary>
/// <remarks>
/// Tokens and lookups ask too, as page 0 of <c>token</c> and <c>persons/lookup</c>; faults of a page's content do nothing there.
/// </remarks>
public sealed record PageRequest(string Collection, int Page, int Attempt, string Customer);

/// <summary>What goes wrong with one request.</summary>
public abstract record Fault
{
    /// <summary>Without a body, an error in the API's own form.</summary>
    public sealed record Status(int Code, string? Body = null, TimeSpan? RetryAfter = null) : Fault;

    /// <summary>The connection breaks after half of the body.</summary>
    public sealed record CutMidBody : Fault;

    /// <summary>A complete answer that is not JSON at all.</summary>
    public sealed record Garbage : Fault;

    /// <summary>A complete answer whose JSON ends in the middle.</summary>
    public sealed record TruncatedJson : Fault;

    /// <summary>The source has no current data; nobody has written down with which status the real one says so.</summary>
    public sealed record SourceUnavailable(int Code = 503) : Fault;

    public sealed record Unauthorized : Fault;

    /// <summary>The page token is too old.</summary>
    public sealed record Gone : Fault;

    /// <summary>The answer is elsewhere, on this host or another.</summary>
    public sealed record Redirect(int Code, string Location) : Fault;

    /// <summary>The page's token leads to the same page again.</summary>
    public sealed record RepeatToken : Fault;

    /// <summary>An empty page in between; its token leads to the rows that should have been on it.</summary>
    public sealed record EmptyPageWithToken : Fault;

    /// <summary>The right answer, late.</summary>
    public sealed record Delay(TimeSpan Time) : Fault;

    /// <summary>No answer until the client gives up.</summary>
    public sealed record Hang : Fault;
}
