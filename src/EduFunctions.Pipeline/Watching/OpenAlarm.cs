using System.Text.Json.Serialization;

namespace EduFunctions.Pipeline.Watching;

/// <summary>An alarm whose cause still stands, or of which people have not been told yet that it is over.</summary>
/// <param name="Told">Receivers who have it, and know of no end.</param>
public sealed record OpenAlarm(Alarm Alarm, string Cause, DateTimeOffset Since, IReadOnlyList<string> Told)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsOver { get; init; }

    /// <summary>Whether a receiver is still to be told of it, or of its end.</summary>
    public bool IsOwedTo(string receiver) => Told.Contains(receiver) == IsOver;

    public OpenAlarm AfterTelling(string receiver) => this with { Told = IsOver ? [.. Told.Where(told => told != receiver)] : [.. Told, receiver] };
}
