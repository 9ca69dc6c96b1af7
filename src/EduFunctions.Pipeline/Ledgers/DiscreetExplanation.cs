using System.Globalization;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>What was explained on an earlier night as it may be told now: whoever is protected by now was perhaps not yet, and stands in ids and words of others. Pure.</summary>
internal static class DiscreetExplanation
{
    /// <param name="isTelling">Whether a text tells of somebody who is protected.</param>
    public static Explanation Of(Explanation told, Predicate<string> isTelling)
    {
        return told with
        {
            Roles = [.. told.Roles.Select(role => role with { Reasons = [.. role.Reasons.Select(OfReason)] })],
            Sections = [.. told.Sections.Select(Text)],
            ChangedSince = told.ChangedSince is { } since ? since with { Changes = [.. since.Changes.Select(Text)] } : null,
        };

        ReasonExplanation OfReason(ReasonExplanation reason) => reason with
        {
            Entity = reason.Entity is { } entity ? Text(entity) : null,
            Facts = reason.Facts.ToDictionary(fact => fact.Key, fact => OfFact(fact.Value)),
        };

        object OfFact(object fact) => fact is string text ? Text(text) : fact is IEnumerable<string> texts ? texts.Select(Text).ToList() : fact;

        // Whoever asks has the person's own id, and a day is nobody's number.
        string Text(string text) => text != told.Person && !DateOnly.TryParse(text, CultureInfo.InvariantCulture, out _) && isTelling(text) ? Discretion.Withheld : text;
    }
}
