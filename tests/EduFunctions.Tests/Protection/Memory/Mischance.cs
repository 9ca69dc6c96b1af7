namespace EduFunctions.Tests.Protection.Memory;

/// <summary>What hosts and operators do, from a source of chance of its own: a register's nights stay the same with it and without.</summary>
internal sealed class Mischance(int seed, bool isHostile)
{
    private readonly Random _random = new(~seed);

    /// <summary>Of its own: the rest stays the same with it and without.</summary>
    private readonly Random _writing = new(seed ^ 0x5a5a);

    /// <summary>Mostly the limits of a tenant that says nothing.</summary>
    public string Guard { get; } = !isHostile ? """{"maxRemovedPercent":100,"maxChangedPercent":100,"maxRekeyedPercent":100,"maxUnprotected":100}"""
        : seed % 4 == 0 ? """{"maxRemovedPercent":100,"maxChangedPercent":100,"maxRekeyedPercent":100,"maxUnprotected":1}"""
        : "{}";

    public int MaxUnprotected { get; } = !isHostile ? 100 : seed % 4 == 0 ? 1 : 2;

    public bool IsKilled() => Happens(3);

    public bool IsKilledAgain() => Happens(4);

    public bool IsAfterWriting() => Happens(2);

    public bool IsLate() => Happens(2);

    public bool IsBroughtLate() => Happens(2);

    public bool IsAskedAgain() => Happens(3);

    public bool IsApproved() => Happens(2);

    public bool IsRefused() => Happens(2);

    /// <summary>Whether the register writes another word for none tonight.</summary>
    public bool IsRespelled() => isHostile && _writing.Next(3) == 0;

    public int Write(int most) => _random.Next(1, most);

    private bool Happens(int oneIn) => isHostile && _random.Next(oneIn) == 0;
}
