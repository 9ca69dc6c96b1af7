using EduFunctions.Pipeline.Searching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>
/// What somebody was asked for by, and the way on where others may be called the same: the latest night answers first, and who has left since is in it no more.
/// </summary>
/// <param name="Text">As it was written; it goes back to whoever wrote it, and nowhere else.</param>
/// <param name="WithGone">Whether every night that is kept was looked through.</param>
internal sealed record AskedAgain(string Text, bool WithGone)
{
    public const string Gone = "gone";
    public const string Yes = "true";

    /// <summary>Under an answer by the register's stored answers.</summary>
    /// <param name="found">Null for who was asked for by id, of whom there is one.</param>
    public Html Offer(Wording words, string tenant, FoundPeople? found) => found is null || !PersonSearch.IsName(Text) ? Html.None
        : WithGone ? Html.Of($"<p class=\"soft\">{words[$"Every night that is kept was looked through, back to {found.SearchedSince}."]}</p>{PersonView.Unread(words, found)}")
        : Html.Of(
            $"""
            <form method="post" action="/tenants/{tenant}/person"><input type="hidden" name="person" value="{Text}"><input type="hidden" name="{Gone}" value="{Yes}">
            <p>{words["Whoever has left the register since may be called the same."]} <button>{words["Somebody else: look through earlier nights too"]}</button></p></form>
            """);
}
