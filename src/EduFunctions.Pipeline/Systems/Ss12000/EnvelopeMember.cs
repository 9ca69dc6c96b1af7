namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What a member of an answer that the standard does not have is about, by its name.</summary>
internal enum EnvelopeMember
{
    /// <summary>Nobody knows.</summary>
    Unknown,

    /// <summary>How the list was asked for, or where it stands.</summary>
    Harmless,

    /// <summary>The way to another page.</summary>
    Next,

    /// <summary>What went wrong.</summary>
    Error,

    /// <summary>Whether it went well: a status of HTTP, a word, true or false.</summary>
    Status,

    /// <summary>True when something is missing.</summary>
    Cut,

    /// <summary>False when something is missing.</summary>
    Whole,

    /// <summary>How many rows the list has.</summary>
    Rows,

    /// <summary>How many pages it has.</summary>
    Pages,
}

/// <summary>Reads names by their letters: servers write <c>nextPageToken</c>, <c>next_page_token</c> and <c>NextPageToken</c>.</summary>
internal static class EnvelopeMembers
{
    private static readonly HashSet<string> Harmless =
        ["limit", "offset", "page", "pagenumber", "pagesize", "perpage", "size", "first", "self", "links", "href", "schema", "odatacontext", "context"];

    private static readonly HashSet<string> Errors = ["message", "title", "detail", "details", "problem", "reason", "fault", "faults", "warning", "warnings"];

    private static readonly HashSet<string> Statuses =
    [
        "status", "statuscode", "httpstatus", "httpstatuscode", "httpcode", "responsecode", "resultcode", "result", "success", "successful", "issuccess", "succeeded", "ok",
    ];

    private static readonly HashSet<string> Whole =
        ["islastpage", "islast", "last", "complete", "iscomplete", "completed", "finished", "done", "eof"];

    private static readonly HashSet<string> Pages = ["pages", "totalpages", "pagecount", "numberofpages", "pagestotal", "lastpage", "lastpagenumber"];

    /// <summary>Parts of names and of texts that tell of something that went wrong.</summary>
    private static readonly string[] Trouble = ["error", "exception", "failed", "failure", "unavailable", "timeout", "timedout"];

    private static readonly string[] Missing = ["truncated", "partial", "incomplete"];

    /// <param name="letters">The ASCII letters of the name, in lower case.</param>
    /// <param name="isInner">Whether it stands in another member, where a title or a message is of whatever that is about.</param>
    public static EnvelopeMember Of(string letters, bool isInner) =>
        Harmless.Contains(letters) ? EnvelopeMember.Harmless
        : Statuses.Contains(letters) ? EnvelopeMember.Status
        : (Errors.Contains(letters) && !isInner) || IsAny(letters, Trouble) ? EnvelopeMember.Error
        : IsAny(letters, Missing) ? EnvelopeMember.Cut
        : Pages.Contains(letters) ? EnvelopeMember.Pages
        : Whole.Contains(letters) ? EnvelopeMember.Whole
        : letters.Contains("prev", StringComparison.Ordinal) ? EnvelopeMember.Harmless
        : LeadsOn(letters) ? EnvelopeMember.Next
        : IsCount(letters) ? EnvelopeMember.Rows
        : EnvelopeMember.Unknown;

    /// <summary>Whether a text, of a member that nobody knows, tells that something went wrong or is missing.</summary>
    /// <param name="letters">Its ASCII letters, in lower case.</param>
    public static bool IsTrouble(string letters) => IsAny(letters, Trouble) || IsAny(letters, Missing);

    private static bool LeadsOn(string letters) =>
        (letters is "more" or "moredata" or "morepages" || letters.Contains("hasmore", StringComparison.Ordinal)
            || letters.Contains("next", StringComparison.Ordinal) || letters.Contains("token", StringComparison.Ordinal)
            || letters.Contains("cursor", StringComparison.Ordinal) || letters.StartsWith("continu", StringComparison.Ordinal))
        && !letters.StartsWith("current", StringComparison.Ordinal);

    private static bool IsCount(string letters) => letters != "account"
        && (letters.StartsWith("total", StringComparison.Ordinal) || letters.EndsWith("total", StringComparison.Ordinal)
            || letters.EndsWith("count", StringComparison.Ordinal) || letters is "numberofelements" or "numberofrows" or "hits");

    private static bool IsAny(string letters, string[] parts) => Array.Exists(parts, part => letters.Contains(part, StringComparison.Ordinal));
}
