namespace EduFunctions.Pipeline.Contracts;

/// <summary>What of a snapshot is wanted at all: what nobody may or needs to see is not even read.</summary>
public sealed record ReadOptions
{
    public bool CivicNumbers { get; init; }

    /// <summary>Contexts of the external identifiers that a feed uses.</summary>
    public IReadOnlyList<string> IdentifierContexts { get; init; } = [];

    /// <summary>The tenant's settings of its source, which may be of another kind than an old snapshot's.</summary>
    public SourceSettings? Source { get; init; }

    /// <summary>So many days after its end something still counts.</summary>
    public int DateMarginDays { get; init; }

    /// <summary>Share of a property's values that may be not understood.</summary>
    public int MaxNotUnderstoodPercent { get; init; } = 100;

    /// <summary>Whether an operator has said that it is right when a pull has much less than the one before.</summary>
    public bool AcceptsShrink { get; init; }

    /// <summary>Markings that say nothing of whoever bears them, since too many do: they are passed over.</summary>
    public IReadOnlySet<ulong> CommonMarkings { get; init; } = new HashSet<ulong>();

    /// <summary>Types of groups that the tenant names beside those that every source has.</summary>
    public IReadOnlyList<string> GroupTypes { get; init; } = [];

    /// <summary>Whether this is what the register writes for no marking at all, as the tenant file has it.</summary>
    public bool IsNoMarking(string text) => IsOneOf(Source?.NoMarking, text);

    /// <summary>Whether this is what the register writes for protection, as the tenant file has it: it protects however many bear it.</summary>
    public bool IsProtection(string text) => IsOneOf(Source?.ProtectionWords, text);

    /// <summary>Name in UTF-8 of the property that says "Aktiv enhet"; empty when the tenant names none.</summary>
    public byte[] ActiveUnitProperty { get; init; } = [];

    /// <summary>Name in UTF-8 of the property that says "Till LMS"; empty when the tenant names none.</summary>
    public byte[] ToLmsProperty { get; init; } = [];

    private static bool IsOneOf(IReadOnlyList<string>? words, string text) =>
        words is not null && words.Any(word => word.Trim().Equals(text.Trim(), StringComparison.OrdinalIgnoreCase));
}
