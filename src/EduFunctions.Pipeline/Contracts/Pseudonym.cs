using System.ComponentModel;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>How protected students appear in a feed that may not be without them.</summary>
public sealed record Pseudonym
{
    internal const int ShortestSecret = 32;

    [Description("The given name that every protected student gets.")]
    public required string GivenName { get; init; }

    [Description("The family name that every protected student gets.")]
    public required string FamilyName { get; init; }

    [Description("The secret the aliases are made with, of 32 characters or more. Another secret makes other aliases, and so new accounts.")]
    public required Secret Secret { get; init; }
}
