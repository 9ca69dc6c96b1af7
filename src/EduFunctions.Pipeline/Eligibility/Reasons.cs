namespace EduFunctions.Pipeline.Eligibility;

/// <summary>All rules that one thing fails, a bit each by their numbers; none means that it passes.</summary>
public readonly record struct Reasons(uint Bits)
{
    /// <summary>How many rules there can ever be.</summary>
    public const int Most = 32;

    public static Reasons None => default;

    public bool Passes => Bits == 0;

    public bool Has(Rule rule) => (Bits & (1u << rule.Number)) != 0;

    public static Reasons Of(Rule rule) => new(1u << rule.Number);

    public static Reasons operator |(Reasons left, Reasons right) => new(left.Bits | right.Bits);

    public static Reasons operator &(Reasons left, Reasons right) => new(left.Bits & right.Bits);
}
