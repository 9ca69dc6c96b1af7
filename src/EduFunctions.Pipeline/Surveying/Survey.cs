using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Surveying;

/// <summary>What a register has and what a tenant file would make of it. Counts, codes and ids of units and groups; nobody is in it.</summary>
public sealed record Survey
{
    public required string Tenant { get; init; }

    /// <summary>The kind of source.</summary>
    public required string Source { get; init; }

    /// <summary>The day of the rules.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Rows by collection.</summary>
    public required IReadOnlyDictionary<string, int> Collections { get; init; }

    /// <summary>How often each value occurs, by what it is a value of.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Values { get; init; }

    public required IReadOnlyList<SurveyShare> Shares { get; init; }

    /// <summary>Values of the tenant file that nothing in the register has.</summary>
    public required IReadOnlyList<UnmatchedValue> Unmatched { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>Why the night would hold the whole run; null when it would not.</summary>
    public string? Held { get; init; }

    /// <summary>How many units, persons and groups each rule leaves out, by its code.</summary>
    public IReadOnlyDictionary<string, int> LeftOut { get; init; } = new Dictionary<string, int>();

    public IReadOnlyList<SurveyFeed> Feeds { get; init; } = [];

    /// <summary>What the guard's limits come to at schools of this size, where that may surprise.</summary>
    public IReadOnlyList<string> Guard { get; init; } = [];
}

/// <summary>How many of some rows have something.</summary>
public sealed record SurveyShare(string What, int Count, int Of);

/// <param name="Persons">How many of the roster the feed would have.</param>
/// <param name="Of">How many the roster has.</param>
/// <param name="Why">Why the feed does not take the others, or takes them without something: findings by code.</param>
/// <param name="Problem">Why it would have nobody at all; null when nothing speaks against it.</param>
public sealed record SurveyFeed(string Name, string Type, int Persons, int Of, int Sections, IReadOnlyDictionary<string, int> Why, string? Problem = null);
