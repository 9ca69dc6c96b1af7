namespace EduFunctions.Pipeline.Watching;

/// <summary>An alarm whose cause still stands.</summary>
/// <param name="Told">Receivers who have it.</param>
public sealed record OpenAlarm(Alarm Alarm, string Cause, DateTimeOffset Since, IReadOnlyList<string> Told);
