using System.Security.Cryptography.X509Certificates;

namespace EduFunctions.Simulators.Unilogin;

/// <summary>What is wrong with the signature of an answer.</summary>
public enum Spoiling
{
    Nothing,
    Digest,
    Signature,
    ChangedBody,
    MovedBody,
    NoSignature,
}

/// <summary>How the service behaves; may change while it runs.</summary>
public sealed class UniloginHabits
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public TimeSpan Latency { get; set; }

    /// <summary>By how much the service's own clock is wrong.</summary>
    public TimeSpan ClockError { get; set; }

    /// <summary>What is wrong with the signature of an operation's answer.</summary>
    public Func<string, Spoiling> Spoils { get; set; } = _ => Spoiling.Nothing;

    /// <summary>Signs answers in place of the service's own certificate.</summary>
    public X509Certificate2? Signer { get; set; }

    /// <summary>The type of the fault an operation is answered with; null answers it.</summary>
    public Func<string, string?> Fault { get; set; } = _ => null;

    public int FaultStatus { get; set; } = 400;

    /// <summary>The bare status an operation is answered with; null answers it.</summary>
    public Func<string, int?> Status { get; set; } = _ => null;

    /// <summary>Bytes of its answer after which the connection of an operation is cut; null lets it live.</summary>
    public Func<string, long?> CutAfter { get; set; } = _ => null;
}
