namespace EduFunctions.Pipeline.Contracts;

public enum AlarmKind
{
    Hold,
    Failure,
    Freshness,
    Poison,
    Protection,
}
