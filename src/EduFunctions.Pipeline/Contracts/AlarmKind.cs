namespace EduFunctions.Pipeline.Contracts;

public enum AlarmKind
{
    Hold,
    Failure,
    Freshness,
    Poison,
    Protection,

    /// <summary>So many have become protected at once that the marking may be a mistake.</summary>
    ManyProtected,

    /// <summary>A feed goes to another address than before.</summary>
    Target,

    /// <summary>The tenant's file is refused and the last good one is used.</summary>
    TenantFile,

    /// <summary>A list of the source could not be read whole, so that nobody who is missing there leaves.</summary>
    Source,

    /// <summary>The sealed record is cut, gone or another one.</summary>
    Seals,
}
