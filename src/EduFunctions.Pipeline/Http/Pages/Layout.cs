namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>What is the same on every page.</summary>
internal static class Layout
{
    private static readonly Html Sheet = Raw(Style.Css);

    /// <param name="trail">Where the page stands: address and name of what is above it.</param>
    public static Html Page(string title, IReadOnlyList<(string Address, string Name)> trail, Html content) => Html.Of(
        $"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{title} · EduFunctions</title>
        <link rel="icon" href="data:,">
        <style>{Sheet}</style>
        </head>
        <body>
        <a class="skip" href="#content">Skip to content</a>
        <header>
        <a class="brand" href="/">EduFunctions</a>
        <nav aria-label="Where you are"><ol>{Html.Each(trail, step => Html.Of($"<li><a href=\"{step.Address}\">{step.Name}</a></li>"))}<li aria-current="page">{title}</li></ol></nav>
        </header>
        <main id="content">
        <h1>{title}</h1>
        {content}
        </main>
        <footer>All times in the tenant's time zone. Nothing here names a person; ids are answered for who gives them.</footer>
        </body>
        </html>
        """);

    public static Html Pill(string kind, object text) => Html.Of($"<span class=\"pill {kind}\">{text}</span>");

    public static Html Note(string kind, Html content) => Html.Of($"<div class=\"note {kind}\">{content}</div>");

    public static Html Card(string heading, Html content) => Html.Of($"<section class=\"card\"><h2>{heading}</h2>{content}</section>");

    private static Html Raw(string css)
    {
        var html = new Html(css.Length, 0);
        html.AppendLiteral(css);
        return html;
    }
}
