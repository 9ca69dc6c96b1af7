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

    /// <summary>A number above 0 when something is missing.</summary>
    Left,

    /// <summary>What the source's own people are to change some day, or what went wrong.</summary>
    Warning,

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

    private static readonly HashSet<string> Errors = ["message", "detail", "details", "reason", "fault", "faults", "fel"];

    private static readonly HashSet<string> Statuses =
    [
        "status", "statuscode", "httpstatus", "httpstatuscode", "httpcode", "responsecode", "resultcode", "result", "success", "successful", "issuccess", "succeeded", "ok",
        "title", "severity", "level", "resultat", "lyckades",
    ];

    private static readonly HashSet<string> Whole =
    [
        "islastpage", "islast", "last", "complete", "iscomplete", "completed", "finished", "done", "eof", "final", "isfinal", "end", "isend", "atend", "ended", "whole",
        "sista", "slut", "klar", "komplett", "sidste", "siste", "ferdig", "frdig",
    ];

    private static readonly HashSet<string> Pages = ["pages", "totalpages", "pagecount", "numberofpages", "pagestotal", "lastpage", "lastpagenumber"];

    /// <summary>Parts of names and of texts that tell of something that went wrong.</summary>
    private static readonly string[] Trouble =
        ["error", "exception", "failed", "failure", "unavailable", "timeout", "timedout", "problem", "fatal", "critical", "avbrut", "misslyck", "mislykk", "afbrudt", "avbrutt"];

    /// <summary>How names begin that are about errors, in the languages of the north.</summary>
    private static readonly string[] Wrong = ["felkod", "felmed", "feltext", "felbeskr", "fejl", "feil"];

    private static readonly string[] Warnings = ["warning", "varning", "advarsel"];

    private static readonly string[] Missing =
        ["truncated", "partial", "incomplete", "skipped", "omitted", "dropped", "limitreached", "limitexceeded", "limithit", "saknas", "mangler", "ofullst", "ufullst", "ufuldst"];

    private static readonly string[] Leftovers = ["remaining", "left", "leftover", "kvar", "terstende", "resterende", "rest"];

    /// <param name="letters">The ASCII letters of the name, in lower case.</param>
    /// <param name="isInner">Whether it stands in another member, where a title or a message is of whatever that is about.</param>
    public static EnvelopeMember Of(string letters, bool isInner) =>
        Harmless.Contains(letters) ? EnvelopeMember.Harmless
        : Statuses.Contains(letters) ? EnvelopeMember.Status
        : Array.Exists(Warnings, word => letters.StartsWith(word, StringComparison.Ordinal)) ? EnvelopeMember.Warning
        : (Errors.Contains(letters) && !isInner) || IsAny(letters, Trouble) || (Array.Exists(Wrong, word => letters.StartsWith(word, StringComparison.Ordinal)) && !isInner)
            ? EnvelopeMember.Error
        : IsAny(letters, Missing) ? EnvelopeMember.Cut
        : Pages.Contains(letters) ? EnvelopeMember.Pages
        : Whole.Contains(letters) ? EnvelopeMember.Whole
        : letters.Contains("prev", StringComparison.Ordinal) ? EnvelopeMember.Harmless
        : IsLeft(letters) ? EnvelopeMember.Left
        : LeadsOn(letters) ? EnvelopeMember.Next
        : IsCount(letters) ? EnvelopeMember.Rows
        : EnvelopeMember.Unknown;

    /// <summary>Whether a text, of a member that nobody knows, tells that something went wrong or is missing.</summary>
    /// <param name="letters">Its ASCII letters, in lower case.</param>
    public static bool IsTrouble(string letters) => IsAny(letters, Trouble) || IsAny(letters, Missing);

    private static bool LeadsOn(string letters) =>
        (letters.StartsWith("more", StringComparison.Ordinal) || letters is "fler" or "flere" || letters.Contains("hasmore", StringComparison.Ordinal)
            || letters.Contains("next", StringComparison.Ordinal) || letters.Contains("token", StringComparison.Ordinal)
            || letters.Contains("cursor", StringComparison.Ordinal) || letters.StartsWith("continu", StringComparison.Ordinal))
        && !letters.StartsWith("current", StringComparison.Ordinal);

    private static bool IsCount(string letters) => letters != "account"
        && (letters.StartsWith("total", StringComparison.Ordinal) || letters.EndsWith("total", StringComparison.Ordinal)
            || letters.EndsWith("count", StringComparison.Ordinal) || letters.StartsWith("antal", StringComparison.Ordinal)
            || letters is "numberofelements" or "numberofrows" or "hits");

    /// <summary>Of requests, not of rows, is what a limit of rates leaves.</summary>
    private static bool IsLeft(string letters) => !letters.Contains("rate", StringComparison.Ordinal) && !letters.Contains("request", StringComparison.Ordinal)
        && Array.Exists(Leftovers, word => letters.StartsWith(word, StringComparison.Ordinal) || letters.EndsWith(word, StringComparison.Ordinal));

    /// <summary>Whether a text speaks of what will be otherwise some day.</summary>
    public static bool IsOfLater(string letters) => letters.Contains("deprecat", StringComparison.Ordinal) || letters.Contains("utfas", StringComparison.Ordinal)
        || letters.Contains("udfas", StringComparison.Ordinal) || letters.Contains("sunset", StringComparison.Ordinal);

    private static bool IsAny(string letters, string[] parts) => Array.Exists(parts, part => letters.Contains(part, StringComparison.Ordinal));
}
