using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>The language of a page: the one that was chosen at its foot, now or earlier, else the one that the browser likes best.</summary>
internal static class PageLanguage
{
    private const string Name = "lang";

    public static Language Of(ApiCall call) =>
        Language.Find(call.Query(Name)) ?? Language.Find(Kept(call)) ?? AcceptedLanguage.Of(call.Header("Accept-Language"));

    /// <summary>Whether this call is the choice.</summary>
    public static bool IsChosen(ApiCall call) => Language.Find(call.Query(Name)) is not null;

    /// <summary>Of the choice alone, for as long as the browser is open.</summary>
    public static (string Name, string Value) Cookie(Language language) => ("Set-Cookie", $"{Name}={language.Code}; Path=/; HttpOnly; SameSite=Lax");

    /// <summary>Where the page of a call is to be had again: with all that was asked for, but in no language that was chosen.</summary>
    public static string AddressOf(ApiCall call) =>
        call.Search.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Where(part => part.Split('=')[0] != Name).ToList() is { Count: > 0 } kept
            ? $"{call.Path}?{string.Join('&', kept)}"
            : call.Path;

    /// <summary>The same in a language.</summary>
    public static string In(Language language, string address) => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{Name}={language.Code}";

    private static string? Kept(ApiCall call) => (call.Header("Cookie") ?? "")
        .Split(';', StringSplitOptions.TrimEntries)
        .FirstOrDefault(cookie => cookie.StartsWith($"{Name}=", StringComparison.Ordinal))?[(Name.Length + 1)..];
}
