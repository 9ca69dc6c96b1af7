namespace EduFunctions.Tests.Simulation;

/// <summary>How often what goes wrong, in parts of a thousand operations.</summary>
internal sealed record Misfortune
{
    public static Misfortune None { get; } = new();

    public static Misfortune Usual { get; } = new()
    {
        Reset = 12,
        LostAnswer = 12,
        Outside = 60,
        Delay = 15,
        Kill = 2,
        TakeAway = 2,
        Freeze = 4,
        LostLease = 4,
        Duplicate = 60,
    };

    /// <summary>The storage's connection breaks before the request, or after it was carried out.</summary>
    public int Reset { get; init; }

    public int LostAnswer { get; init; }

    /// <summary>The same of a source or a target, each way; of a target, also in the midst of a file.</summary>
    public int Outside { get; init; }

    /// <summary>What was asked for comes late.</summary>
    public int Delay { get; init; }

    public int Kill { get; init; }

    /// <summary>The host is told to end, and ends when it has given back what it was at.</summary>
    public int TakeAway { get; init; }

    public int Freeze { get; init; }

    /// <summary>The one operation, counted from 1, before which a host stands still, and for how many seconds; null for none.</summary>
    public (int Operation, int Seconds)? FreezeAt { get; init; }

    public int LostLease { get; init; }

    /// <summary>A message comes a second time.</summary>
    public int Duplicate { get; init; }

    /// <summary>Once in all nights, the storage is as it was an hour ago.</summary>
    public bool Restores { get; init; }
}
