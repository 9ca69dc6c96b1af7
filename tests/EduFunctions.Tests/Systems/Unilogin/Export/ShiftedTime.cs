namespace EduFunctions.Tests.Systems.Unilogin.Export;

/// <summary>A clock that goes on as usual from another moment; pauses and limits stay real.</summary>
internal sealed class ShiftedTime(DateTimeOffset start) : TimeProvider
{
    private TimeSpan _shift = start - DateTimeOffset.UtcNow;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _shift;

    public void Pass(TimeSpan time) => _shift += time;
}
