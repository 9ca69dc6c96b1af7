namespace EduFunctions.Pipeline.Contracts;

public enum AlarmKind
{
    Hold,
    Failure,
    Freshness,
    Poison,
    Protection,

    /// <summary>The tenant's file is refused and the last good one is used.</summary>
    TenantFile,
}
