using System.Globalization;

namespace EduFunctions.Pipeline.Languages;

/// <summary>Which of our languages a browser's <c>Accept-Language</c> likes best; a region is no other language, and Norwegian is not Danish.</summary>
public static class AcceptedLanguage
{
    public static Language Of(string? header) => (header ?? "")
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(Parse)
        .Where(wish => wish.Quality > 0)
        .OrderByDescending(wish => wish.Quality)
        .Select(wish => wish.Language)
        .OfType<Language>()
        .FirstOrDefault() ?? Language.English;

    /// <summary>The order of equals is that of the header, since sorting keeps it.</summary>
    private static (Language? Language, double Quality) Parse(string wish)
    {
        var parts = wish.Split(';', StringSplitOptions.TrimEntries);
        var quality = Array.Find(parts, part => part.StartsWith("q=", StringComparison.OrdinalIgnoreCase)) is { } q
            ? double.TryParse(q.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var known) ? known : 0
            : 1;
        return (Language.Find(parts[0].Split('-')[0].ToLowerInvariant()), quality);
    }
}
