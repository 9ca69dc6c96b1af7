using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>By whose word a target rests, and until when: it was chosen, so that nobody has to do anything before that day.</summary>
/// <param name="Until">The first day on which all goes on again, YYYY-MM-DD.</param>
/// <param name="What"><c>all</c>, <c>adds</c> or <c>removals</c>.</param>
/// <param name="By">Who says so: an operator, or the tenant file.</param>
public sealed record FeedRest(string Until, string What, string By)
{
    [Told]
    internal static FeedRest OfFile(FeedFreeze freeze) => new(freeze.Until, freeze.What, "the tenant file");

    /// <param name="by">Null for whose name is not known.</param>
    [Told]
    internal static FeedRest OfOperator(FeedFreeze freeze, string? by) => new(freeze.Until, freeze.What, by ?? "an operator");
}
