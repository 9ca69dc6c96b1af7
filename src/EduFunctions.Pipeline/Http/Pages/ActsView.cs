using EduFunctions.Pipeline.Acts;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>Who did what, when and why.</summary>
internal static class ActsView
{
    private const int HashShown = 12;

    public static Html Of(Wording words, IReadOnlyList<Act> acts, TimeZoneInfo zone) => Layout.Card(words["Who did what"], acts.Count == 0
        ? Html.Of($"<p class=\"soft\">{words["Nobody has done anything by hand: what happened was the night's own work."]}</p>")
        : Html.Of(
        $"""
        <div class="wide" tabindex="0" role="region" aria-label="{words["Who did what"]}"><table>
        <thead><tr><th scope="col">{words["When"]}</th><th scope="col">{words["What"]}</th><th scope="col">{words["Who"]}</th><th scope="col">{words["Why"]}</th></tr></thead>
        <tbody>{Html.Each(acts, act => Row(words, act, zone))}</tbody></table></div>
        """));

    public static Html Reason(string? reason) => Html.If(reason is not null, () => Html.Of($"<q>{reason}</q>"));

    private static Html Row(Wording words, Act act, TimeZoneInfo zone) => Html.Of(
        $"""
        <tr><th scope="row">{words.Time(act.At, zone)}</th><td>{Name(words, act.Kind)} <span class="soft">{string.Join(", ", About(words, act))}</span></td>
        <td>{act.By ?? words["not named"]}</td>
        <td>{Reason(act.Reason)}{Html.If(act.Refused is not null, () => Html.Of($"<br><span class=\"soft\">{words["Not done:"]} {words.Told(act.Refused)}</span>"))}</td></tr>
        """);

    private static IEnumerable<string> About(Wording words, Act act) =>
        new[] { act.Feed }.OfType<string>().Concat((act.What ?? []).Select(words.OfWish)).Concat(act.People ?? []).Select(text => text.Length == 64 ? text[..HashShown] : text);

    private static string Name(Wording words, ActKind kind) => kind switch
    {
        ActKind.Sync => words["began a run"],
        ActKind.Resend => words["sent a run again"],
        ActKind.Requeue => words["took a run up again"],
        ActKind.Approve => words["released"],
        ActKind.Refuse => words["refused"],
        ActKind.Rebaseline => words["made known what a target has"],
        ActKind.Purge => words["took a person out of everything"],
        ActKind.Freeze => words["let a target rest"],
        ActKind.Thaw => words["let a target go on"],
        ActKind.TenantFile => words["changed the tenant file"],
        ActKind.LookUp => words["looked a person up"],
        ActKind.Find => words["searched for a person"],
        ActKind.Download => words["downloaded"],
        _ => words["collected the record of an incident"],
    };
}
