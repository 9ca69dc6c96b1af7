using System.Text.Json.Serialization;

namespace EduFunctions.Pipeline.Acts;

/// <summary>What people do with a tenant that somebody may ask about later.</summary>
public enum ActKind
{
    Sync,
    Resend,
    Requeue,
    Approve,
    Refuse,
    Rebaseline,
    Purge,

    /// <summary>A target is let rest, beside what the tenant file says of it.</summary>
    Freeze,

    /// <summary>And goes on again.</summary>
    Thaw,

    /// <summary>Another tenant file was put in place.</summary>
    TenantFile,

    /// <summary>Somebody asked why a person is, or is not, handed on.</summary>
    LookUp,

    /// <summary>Somebody searched for a person; the question itself is not kept.</summary>
    Find,
    Download,
    Incident,
}

/// <summary>
/// Who did what, when and why (<c>state/{tenant}/acts/</c>): written and sealed before it takes effect. Of people it holds ids, never a name or a value.
/// </summary>
public sealed record Act
{
    public required string Tenant { get; init; }

    public required ActKind Kind { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>Null where it cannot be told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Run { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Feed { get; init; }

    /// <summary>What exactly: hashes of plans, or of a tenant file, what limits were lifted, which list was taken.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? What { get; init; }

    /// <summary>Ids of those whom somebody was shown, or has taken out of everything.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? People { get; init; }

    /// <summary>Why it came to nothing after all; null for what was done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refused { get; init; }

    /// <summary>Where it lies in the container of states; null for what is not stored yet.</summary>
    [JsonIgnore]
    public string? Blob { get; init; }

    /// <summary>Whether it tells whom somebody has asked about.</summary>
    [JsonIgnore]
    public bool IsQuestion => Kind is ActKind.LookUp or ActKind.Find;

    /// <summary>Who, in what is written for people.</summary>
    [JsonIgnore]
    public string Who => By ?? "-";

    /// <summary>Without those it is about, for who may not know whom others have asked about.</summary>
    public Act WithoutPeople() => this with { People = null };
}
