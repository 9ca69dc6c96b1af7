using EduFunctions.Pipeline.Ledgers;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>What went wrong before a page could be made of it, as people read it: in their language, with a way back. Programs get the problem itself.</summary>
internal static class ProblemPage
{
    private const string Programs = "/api";
    private const string PageKind = "text/html";

    /// <param name="answer">Any answer; one that is no problem stays as it is.</param>
    public static ApiAnswer Of(ApiCall call, ApiAnswer answer, CodeSentences sentences) =>
        answer.Body is ProblemDetails problem && IsOfPages(call) ? answer with { Body = Page(new Wording(PageLanguage.Of(call), sentences, AddressOf(call)), problem) } : answer;

    /// <summary>Whether a browser shows the answer: it says that it takes pages, which programs do not, and the address is none of theirs.</summary>
    private static bool IsOfPages(ApiCall call) =>
        !call.Path.Equals(Programs, StringComparison.OrdinalIgnoreCase) && !call.Path.StartsWith($"{Programs}/", StringComparison.OrdinalIgnoreCase)
        && (call.Header("Accept") ?? "").Split(',').Any(kind => kind.Split(';')[0].Trim().Equals(PageKind, StringComparison.OrdinalIgnoreCase));

    /// <summary>What came of a button has no address of its own, and what begins like the name of another host must lead to none.</summary>
    private static string AddressOf(ApiCall call) =>
        call.Method is "GET" or "HEAD" && call.Path.StartsWith('/') && !call.Path.StartsWith("//", StringComparison.Ordinal) && !call.Path.Contains('\\', StringComparison.Ordinal)
            ? PageLanguage.AddressOf(call)
            : "/";

    private static Html Page(Wording words, ProblemDetails problem) => Layout.Page(words, words.Told(problem.Title), [("/", words["Tenants"])], Html.Of(
        $"""
        {Layout.Note("warn", Html.Of($"<p>{words.Told(problem.Detail)}</p>"))}
        <p><a href="/">{words["Back to all tenants"]}</a></p>
        """));
}
