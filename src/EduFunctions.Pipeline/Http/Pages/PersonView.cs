using System.Globalization;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Searching;

namespace EduFunctions.Pipeline.Http.Pages;

/// <summary>The answer to "why is this person missing?".</summary>
internal static class PersonView
{
    public static Html Of(Wording words, TenantStatus tenant, PersonAnswer answer, AskedAgain question) => Of(
        words, tenant, Html.Of(
            $"""
            {Found(words, tenant, answer, answer.Explanation!)}{HistoryView.Button(words, tenant.Tenant, answer.Explanation!.Person)}
            {question.Offer(words, tenant.Tenant, answer.Found)}
            """), answer.Explanation!.Person);

    /// <summary>Where nobody could be found, whoever was asked for, so that nobody is taken for missing.</summary>
    public static Html OfNothing(Wording words, TenantStatus tenant, NothingKnown why) => Of(words, tenant, Layout.Note("warn", why switch
    {
        NothingKnown.Undecided => Html.Of(
            $"""
            <p>{words["No night has been decided yet, so nobody can be found: this says nothing about whether the person is in the register."]}</p>
            <p>{(tenant.LatestRun is { } run
                ? Html.Of($"{words["Look at the latest run: it says what stopped it, or how far it is."]} <a href=\"/tenants/{tenant.Tenant}/runs/{run.Run}\">{words["Look at the run"]}</a>")
                : Html.Of($"{words["Ask again after the first night, or have somebody begin a run."]}"))}</p>
            """),
        _ => Html.Of(
            $"""
            <p>{words["Nothing could be looked through: no answers of the register are kept, or they cannot be read. This says nothing about whether the person is in the register."]}</p>
            <p>{words["Ask by the id in the school register, or again after the next night."]}</p>
            """),
    }), "");

    /// <summary>The same whatever was asked: neither what nobody has nor what only others may find is told from the other.</summary>
    /// <param name="searched">How far back was looked; null where nothing could be looked through.</param>
    public static Html OfNobody(Wording words, TenantStatus tenant, FoundPeople? searched) => Of(words, tenant, Layout.Note("warn", Html.Of(
        $"""
        <p>{words["Nobody is found by this. Check it, and whether the register hands the person out; some persons are found by those alone who look after protection."]}</p>
        {Html.If(searched is not null, () => Html.Of($"<p>{words[$"Every night that is kept was looked through, back to {searched!.SearchedSince}."]}</p>"))}
        {Unread(words, searched)}
        """)), "");

    /// <summary>Of a night that could not be read it is not known who was in it.</summary>
    public static Html Unread(Wording words, FoundPeople? searched) => Html.If(searched?.Unread.Count > 0, () => Html.Of(
        $"<p>{words[$"These nights are kept and could not be read, so nobody can say whether the person was in them: {Days(words, searched!.Unread)}."]}</p>"));

    private static string Days(Wording words, IReadOnlyList<DateOnly> days) => string.Join(", ", days.Distinct().Select(words.Language.Day));

    private static Html Of(Wording words, TenantStatus tenant, Html answer, string asked) => Layout.Page(
        words, words["Why is this person missing?"], [("/", words["Tenants"]), ($"/tenants/{tenant.Tenant}", tenant.Name)], Html.Of(
        $"""
        {answer}
        {TenantView.AskForm(words, words["Ask again"], tenant.Tenant, asked)}
        """));

    private static Html Found(Wording words, TenantStatus tenant, PersonAnswer answer, Explanation explanation) => Html.Of(
        $"""
        <p>{Html.If(answer.Who is not null, () => Html.Of($"<strong>{answer.Who!.Name}</strong>, {Places(words, answer.Who)} "))}<span class="soft">{Code(explanation.Person)}</span></p>
        {Html.If(answer.LastSeen is not null, () => Gone(words, answer, explanation))}
        {(answer.LastSeen is null || explanation.IsOfAbsent ? Decided(words, tenant, answer, explanation) : Html.Of(
            $"""
            {Layout.Card(words["Feeds, as of now"], Html.Of($"<ul class=\"rows\">{Html.Each(tenant.Feeds, feed => Html.Of(
                $"<li><span>{feed.Subject}</span>{Layout.Pill("warn", $"– {words["not in the feed"]}")}</li>"))}</ul>"))}
            <details><summary>{words[$"What was decided in the night of {answer.LastSeen}, when the register still had the person"]}</summary>
            {Decided(words, tenant, answer, explanation)}</details>
            """))}
        """);

    private static Html Decided(Wording words, TenantStatus tenant, PersonAnswer answer, Explanation explanation) => Html.Of(
        $"""
        <p class="soft">{words[$"as decided in the run of {Run(words, tenant, explanation)}"]}</p>
        {Html.If(answer is { LastSeen: null, Found.IsPast: true }, () => Layout.Note("warn", Html.Of(
            $"<p>{words[$"Found by what the register said in the night of {answer.Found!.Date}: by now it says something else of this person."]}</p>")))}
        {Html.If(explanation.Roles.Count == 0 && !explanation.IsOfAbsent, () => Layout.Note("warn", Html.Of(
            $"<p>{words["The register gives the person no role: no enrolment, no duty, and no student names the person as guardian."]}</p>")))}
        {Html.Each(explanation.Roles, role => Role(words, role, explanation.Person))}
        {Layout.Card(answer.LastSeen is null || explanation.IsOfAbsent ? words["Feeds"] : words["Feeds, that night"], Feeds(words, explanation))}
        {Html.If(explanation.ChangedSince is not null, () => Layout.Card(words.Text($"Changed since the run of {words.Beginning(explanation.ChangedSince!.Run, tenant.Zone)}"), Html.Of(
            $"<ul class=\"rows\">{ChangesView.Of(words, explanation.ChangedSince.Changes)}</ul>")))}
        """);

    private static Html Feeds(Wording words, Explanation explanation) => Html.Of(
        $"""
        {(explanation.Feeds.Count == 0 ? Html.Of($"<p class=\"soft\">{words["No feed was on in the tenant file, so nobody goes anywhere."]}</p>") : Html.None)}
        <ul class="rows">{Html.Each(explanation.Feeds, feed => Html.Of(
            $"<li><span>{feed.Key}{Html.Each(feed.Value.Reasons, reason => FeedReason(words, reason))}</span>{Included(words, feed.Value)}</li>"))}</ul>
        <p class="soft">{(explanation.Sections.Count > 0 ? words[$"{explanation.Sections.Count} sections"]
            : Html.Of($"{words["In no section: no group that is handed on has this person."]}"))}</p>
        """);

    /// <summary>Who is not in the register any more was once handed on, or not, for reasons of then.</summary>
    private static Html Gone(Wording words, PersonAnswer answer, Explanation explanation) => Layout.Note("warn", Html.Of(
        $"""
        <p>{words[$"The register does not hand this person out any more: last seen in the night of {answer.LastSeen}."]}
        {words["Should the person be there, look in the register whether the record was ended, removed or moved to another school owner."]}</p>
        {Html.If(!explanation.IsOfAbsent, () => Html.Of($"<p>{words["No feed has the person any more, and no target is to keep the account. The whole history says what came when."]}</p>"))}
        {Unread(words, answer.Found)}
        """));

    /// <summary>Where somebody is found, by the names of the schools, and what tells them from others of the same name.</summary>
    public static string Places(Wording words, FoundPerson person) => string.Join(", ", [
        person.Schools.Count > 0 ? string.Join(", ", person.Schools) : words["at no school"],
        .. person.Classes,
        .. person.SchoolYear is { } grade ? [words.Text($"school year {grade}")] : Array.Empty<string>(),
        .. person.BirthYear is { } born ? [words.Text($"born {born.ToString(CultureInfo.InvariantCulture)}")] : Array.Empty<string>(),
    ]);

    private static Html Run(Wording words, TenantStatus tenant, Explanation explanation) => Html.Of(
        $"<a href=\"/tenants/{explanation.Tenant}/runs/{explanation.Run}\">{words.Beginning(explanation.Run, tenant.Zone)}</a>");

    /// <summary>Who is not in the feed may be at its target all the same, while the guard keeps them there, and who is in it may not have got there yet.</summary>
    public static Html Included(Wording words, FeedExplanation feed) =>
        feed.Included && feed.Reasons.Any(reason => reason.Code == FeedReasons.Waiting) ? Layout.Pill("warn", $"! {words["to be added, waits"]}")
        : feed.Included ? Layout.Pill("good", $"✓ {words["in the feed"]}")
        : feed.Reasons.Any(reason => reason.Code == FeedReasons.Staying) ? Layout.Pill("warn", $"! {words["still there, waits"]}")
        : Layout.Pill("warn", $"– {words["not in the feed"]}");

    private static Html FeedReason(Wording words, FeedReason reason) => Html.Of(
        $"""
        <br><strong>{words.MeaningOf(reason.Code)}</strong> <code>{reason.Code}</code>{Html.If(reason.Since is not null, () => Html.Of($" {words[$"since {reason.Since}"]}"))}<br>
        <span class="soft">{words.AdviceOn(reason.Code)}</span>
        """);

    private static Html Role(Wording words, RoleExplanation role, string person) => Layout.Card(RoleName(words, role.Role), Html.Of(
        $"""
        <p>{(role.Eligible ? Layout.Pill("good", $"✓ {words["is handed on"]}") : Layout.Pill("bad", $"✕ {words["is left out"]}"))}</p>
        {Html.If(role.Reasons.Count > 0, () => Html.Of($"<ul class=\"rows\">{Html.Each(Apart(role.Reasons), reason => Reason(words, reason, person))}</ul>"))}
        """));

    /// <param name="person">Whom it is about: of a reason about the person itself no place is told.</param>
    private static Html Reason(Wording words, ReasonExplanation reason, string person) => Html.Of(
        $"""
        <li><span><strong>{words.MeaningOf(reason.Code)}</strong> <code>{reason.Code}</code><br>
        <span class="soft">{Html.If(reason.Entity is not null && reason.Entity != person, () => words[$"at {At(reason)}"])}
        {string.Join(", ", Facts(reason).Select(fact => $"{words.OfFact(fact.Key)}: {words.FactValue(fact.Value)}"))}<br>
        {words.AdviceOn(reason.Code)}</span></span>
        <span>{Html.If(reason.EligibleFrom is not null, () => words[$"passes from {reason.EligibleFrom}"])}{Html.If(
            reason.EligibleUntil is not null, () => Html.Of($" {words[$"until {reason.EligibleUntil}"]}"))}</span></li>
        """);

    /// <summary>Of two placements at one school the days tell which is which, and what not even they tell apart is told once.</summary>
    private static IEnumerable<ReasonExplanation> Apart(IReadOnlyList<ReasonExplanation> reasons) => reasons
        .GroupBy(reason => (reason.Code, reason.Entity))
        .SelectMany(same => same.Count() == 1 ? same : same
            .Select(reason => reason with { Facts = reason.Facts.Concat(reason.Days.Where(day => !reason.Facts.ContainsKey(day.Key))).ToDictionary(fact => fact.Key, fact => fact.Value) })
            .DistinctBy(reason => (reason.Days.GetValueOrDefault("startDate"), reason.Days.GetValueOrDefault("endDate"))));

    /// <summary>In the order in which people think of them: a first day before a last one.</summary>
    private static IEnumerable<KeyValuePair<string, object>> Facts(ReasonExplanation reason) => reason.Facts.OrderBy(fact => fact.Key == "endDate");

    private static Html At(ReasonExplanation reason) => reason.SchoolName is { } name ? Html.Of($"{name}") : Code(reason.Entity!);

    private static Html Code(string text) => Html.Of($"<code>{text}</code>");

    private static string RoleName(Wording words, Roles role) => role switch
    {
        Roles.Student => words["As student"],
        Roles.Staff => words["As staff"],
        _ => words["As guardian"],
    };
}
