using System.Security.Cryptography;
using System.Text;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>
/// Progress that shows by itself while something is under way: a small script, named by its hash like the style. Without it all works, and the page is
/// loaded again by hand. It never takes away what somebody is writing or reading out of sight of the region.
/// </summary>
internal static class Live
{
    private const string Script = """
        (() => {
          const pause = 5000;
          const look = async () => {
            const here = document.getElementById('live');
            try {
              const answer = await fetch(location.href);
              const there = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('live');
              if (answer.ok && there) here.innerHTML = there.innerHTML;
              if (answer.ok && !there && !document.activeElement.closest('form')) return location.reload();
            } catch { }
            setTimeout(look, pause);
          };
          setTimeout(look, pause);
        })();
        """;

    private static readonly Html Element = Raw($"<script>{Script}</script>");

    public static string Hash { get; } = $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}";

    /// <param name="isBusy">Whether there is anything to come.</param>
    public static Html Region(bool isBusy, Html content) => isBusy ? Html.Of($"<div id=\"live\">{content}</div>{Element}") : content;

    private static Html Raw(string text)
    {
        var html = new Html(text.Length, 0);
        html.AppendLiteral(text);
        return html;
    }
}
