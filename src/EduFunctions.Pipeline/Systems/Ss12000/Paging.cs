namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>How a register is asked for the next page: by the parameters' names.</summary>
internal static class Paging
{
    /// <summary>The standard's: each page names the next.</summary>
    public const string Token = "pageToken";

    /// <summary>By the number of rows that came; the end is a page without rows, since a server may give fewer than it is asked for.</summary>
    public const string Offset = "offset";

    /// <summary>The page, with what asks for the one after it.</summary>
    /// <exception cref="PageFailedException">It does not say clearly where the next one is.</exception>
    public static PageBody Read(PageBody page, string paging, string? asked)
    {
        if (paging == Token)
        {
            return page.IsBare ? throw new PageFailedException("the body is a bare list, which does not say whether there is another page") : page;
        }

        var start = asked is null ? 0 : int.Parse(asked, System.Globalization.CultureInfo.InvariantCulture);
        return page.Next is null
            ? page with { Next = page.Rows == 0 ? null : FormattableString.Invariant($"{start + page.Rows}") }
            : throw new PageFailedException("the page names the next one by a pageToken, although source.paging says offset");
    }
}
