using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>What is the same on every page.</summary>
internal static class Layout
{
    private const string Icon =
        "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='4' fill='%230b5cad'/%3E"
        + "%3Cpath d='M4 11V8m4 3V5m4 6V7' stroke='white' stroke-width='2'/%3E%3C/svg%3E";

    private static readonly Html Sheet = Raw(Style.Css);
    private static readonly Html Current = Raw(" aria-current=\"true\"");

    /// <param name="trail">Where the page stands: address and name of what is above it.</param>
    public static Html Page(Wording words, string title, IReadOnlyList<(string Address, string Name)> trail, Html content) => Html.Of(
        $"""
        <!doctype html>
        <html lang="{words.Language.Code}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title} · EduFunctions</title>
        <link rel="icon" href="{Icon}">
        <style>{Sheet}</style>
        </head>
        <body>
        <a class="skip" href="#content">{words["Skip to content"]}</a>
        <header>
        <a class="brand" href="/">EduFunctions</a>
        <nav aria-label="{words["Where you are"]}"><ol>{Html.Each(trail, step => Html.Of($"<li><a href=\"{step.Address}\">{step.Name}</a></li>"))}<li aria-current="page">{title}</li></ol></nav>
        </header>
        <main id="content">
        <h1>{title}</h1>
        {content}
        </main>
        <footer>
        <p>{words["All times in the tenant's time zone. People are named only to who searches for them, and every question goes on record."]} {Product.Name} {Product.Version}</p>
        <nav aria-label="{words["Language"]}"><ul class="legend">{Html.Each(Language.All, language => Switch(words, language))}</ul></nav>
        </footer>
        </body>
        </html>
        """);

    /// <summary>Each language in its own name, which who reads no other understands.</summary>
    private static Html Switch(Wording words, Language language) => Html.Of(
        $"""
        <li><a href="{PageLanguage.In(language, words.Address)}" lang="{language.Code}" hreflang="{language.Code}"{(words.Language == language ? Current : Html.None)}>{language.Name}</a></li>
        """);

    public static Html Pill(string kind, object text) => Html.Of($"<span class=\"pill {kind}\">{text}</span>");

    public static Html Note(string kind, Html content) => Html.Of($"<div class=\"note {kind}\">{content}</div>");

    public static Html Card(string heading, Html content) => Html.Of($"<section class=\"card\"><h2>{heading}</h2>{content}</section>");

    /// <summary>Asked beside every button that goes on record.</summary>
    public static Html Why(Wording words) => Html.Of(
        $"<label>{words["Why? It goes on record with your name."]}<input name=\"reason\" maxlength=\"{Acts.Asker.LongestReason}\" autocomplete=\"off\" required></label>");

    private static Html Raw(string css)
    {
        var html = new Html(css.Length, 0);
        html.AppendLiteral(css);
        return html;
    }
}
