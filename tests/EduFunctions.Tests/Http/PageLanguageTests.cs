using System.Net;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Http.Pages;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Searching;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Languages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>The status page speaks its reader's language, all of it.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed partial class PageLanguageTests
{
    private static readonly CodeSentences Sentences = Registered.Services.GetRequiredService<CodeSentences>();

    public static TheoryData<string> Codes => [.. Language.All.Select(language => language.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void No_word_of_a_page_is_in_another_language(string code)
    {
        var language = Language.Of(code);
        foreach (var (name, page) in Pages(new Wording(language, Sentences, "/")))
        {
            Assert.Contains($"<html lang=\"{code}\">", page);
            var foreign = Texts(page).Where(text => SpokenEnglish.Words.Contains(text) && language[text] != text).ToList();
            Assert.True(foreign.Count == 0, $"{name} in {code} says: {string.Join(" | ", foreign)}");
        }
    }

    [Fact]
    public void Words_of_a_page_are_plain_text_in_it()
    {
        var words = new Wording(Language.Danish, Sentences, "/");

        var target = "<b>";

        Assert.Equal("Hvad der ændres hos <b>", WebUtility.HtmlDecode(words[$"What changes at {target}"].ToString()));
        Assert.DoesNotContain(target, words[$"What changes at {target}"].ToString());
        Assert.Contains("<code>&lt;b&gt;</code>", words[$"at {Html.Of($"<code>{target}</code>")}"].ToString());
    }

    [Theory]
    [InlineData("sv", "1\u00a0234", "2026-09-01 21:05")]
    [InlineData("da", "1.234", "01.09.2026 21.05")]
    [InlineData("en", "1,234", "2026-09-01 21:05")]
    public void Numbers_and_times_are_written_as_the_language_writes_them(string code, string number, string time)
    {
        var words = new Wording(Language.Of(code), Sentences, "/");
        var shown = words.Time(new DateTimeOffset(2026, 9, 1, 19, 5, 0, TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Stockholm"));

        Assert.Equal(number, words.Number(1234));
        Assert.Contains($">{time}</time>", shown.ToString());
        Assert.Contains("datetime=\"2026-09-01T19:05:00Z\"", shown.ToString());
    }

    [Theory]
    [InlineData("sv-SE", null, null, "sv")]
    [InlineData("sv-SE", "lang=da", null, "da")]
    [InlineData("sv-SE", "other=1; lang=da", "en", "en")]
    [InlineData("sv-SE", "lang=xx", "yy", "sv")]
    [InlineData("nb-NO", null, null, "en")]
    public void A_choice_counts_before_what_the_browser_says(string accepted, string? cookie, string? asked, string code) =>
        Assert.Equal(code, PageLanguage.Of(Call(accepted, cookie, asked)).Code);

    [Fact]
    public void Only_a_choice_is_kept()
    {
        Assert.False(PageLanguage.IsChosen(Call("sv", null, null)));
        Assert.False(PageLanguage.IsChosen(Call("sv", null, "<script>")));
        Assert.True(PageLanguage.IsChosen(Call("sv", null, "da")));
        Assert.Equal(("Set-Cookie", "lang=da; Path=/; HttpOnly; SameSite=Lax"), PageLanguage.Cookie(Language.Danish));
    }

    private static ApiCall Call(string accepted, string? cookie, string? asked) => new(
        "GET", "/", name => name switch { "Accept-Language" => accepted, "Cookie" => cookie, _ => null }, Stream.Null, IsVouchedFor: false)
    {
        Query = name => name == "lang" ? asked : null,
    };

    private static IEnumerable<(string Name, string Page)> Pages(Wording words)
    {
        var (held, failed) = (SampleRun.Status(SampleRun.Held), SampleRun.Status(SampleRun.Failed));
        PoisonMessage[] poison = [new("x", "nordhamn", SampleRun.Failed.Run, "extract", SampleRun.Failed.Started, SampleRun.Failed.StateReason, Waits: true)];
        var planner = new FreshnessStatus("planner", null, 60, 26, FreshnessState.Stale);
        var plans = SampleRun.Held.Feeds.Concat(SampleRun.Failed.Feeds).Select(feed => feed.Name).Distinct().ToDictionary(
            name => name, _ => new SeenFeed(HashedPlan.Of(SampleRun.Plan), SampleRun.Receipt));
        var tonight = SampleRun.Held.Started;
        TenantCard[] cards = [new(held, 0, tonight), new(failed, 1), new(held with { Problem = "x" }, 0)];
        yield return ("tenants", TenantsView.Of(words, cards, planner, 2, TenantFilter.None).ToString());
        yield return ("no tenants", TenantsView.Of(words, [], planner, 0, TenantFilter.None).ToString());
        yield return ("tenants that are not there", TenantsView.Of(words, [cards[0] with { Status = held with { LatestRun = null } }], planner, 0, new TenantFilter("x", "all", "need")).ToString());
        yield return ("many tenants", TenantsView.Of(words, [.. Enumerable.Repeat(cards, 5).SelectMany(card => card)], planner, 0, TenantFilter.None).ToString());
        yield return ("tenant", TenantView.Of(words, cards[0], [SampleRun.Held, SampleRun.Failed], poison, Acts, SampleRun.Resting, mayOperate: true).ToString());
        yield return ("new tenant", TenantView.Of(words, new TenantCard(held with { LatestRun = null, Feeds = [] }, 0), [], [], [], [], mayOperate: true).ToString());
        yield return ("target that does not rest", TenantView.Of(words, cards[0], [SampleRun.Held], [], [], [], mayOperate: true).ToString());
        var several = SampleRun.Held with { Feeds = [.. SampleRun.Held.Feeds, .. SampleRun.Held.Feeds] };
        var resting = SampleRun.Resting.Select(each => new FeedRest(each.Freeze.Until, each.Freeze.What, each.By ?? "the tenant file")).ToList();
        var rests = held with { Feeds = [.. resting.Select(rest => new FreshnessStatus("apple", null, 60, 26, FreshnessState.Resting) { Rest = rest })] };
        yield return ("targets that rest", TenantsView.Of(words, [new(rests, 0), new(held with { Problem = "x", MissingSecrets = ["x"] }, 0)], planner, 0, TenantFilter.None).ToString());
        var rested = SampleRun.Held with { State = RunState.Delivered, Feeds = [.. SampleRun.Held.Feeds.Select(feed => feed with { Rest = resting[0] })] };
        yield return ("run of targets that rest", RunView.Of(words, rested, held, plans, [], [], ([], null), Now).ToString());
        yield return ("held run", RunView.Of(words, several, held, plans, [], Acts, (["20260831T190000Z-0a1b"], SampleRun.Failed), Now).ToString());
        yield return ("run that nobody has answered in time", RunView.Of(words, several, held, plans, [], [], ([], several), Late).ToString());
        foreach (var newer in new[] { SampleRun.Failed, SampleRun.Held, SampleRun.Failed with { State = RunState.Extracting, Finished = null } })
        {
            var latest = SampleRun.Status(newer with { Run = "20260902T190000Z-0a1b" });
            yield return ($"run before one that is {newer.State}", RunView.Of(words, SampleRun.Held, latest, plans, [], [], ([], null), Now).ToString());
        }

        foreach (var unable in new[] { held with { MissingSecrets = ["x"] }, held with { IsUnreadable = true }, held })
        {
            yield return ("run that this host cannot go on with", RunView.Of(words, SampleRun.Held, unable with { Problem = "x", IsRunnable = false }, plans, [], [], ([], null), Now).ToString());
        }

        yield return ("empty run", RunView.Of(words, Empty, SampleRun.Status(Empty), plans, [], [], ([], null), Now).ToString());
        yield return ("failed run", RunView.Of(words, SampleRun.Failed, failed, plans, poison, Acts, ([], SampleRun.Failed), Now).ToString());
        var night = new FoundPeople("r", SampleRun.Held.Date, [new("x", "Vilda", []), new("y", "Vilda", ["Berget"])], HasMore: true)
        {
            SearchedSince = SampleRun.Held.Date,
            IsPast = true,
            Unread = [SampleRun.Held.Date],
        };
        var one = night with { People = [night.People[0]], HasMore = false };
        yield return ("nobody", PersonView.OfNobody(words, held, searched: null).ToString());
        yield return ("nobody in any night", PersonView.OfNobody(words, held, night with { People = [] }).ToString());
        yield return ("nobody before the first night", PersonView.OfNothing(words, held with { LatestRun = null }, NothingKnown.Undecided).ToString());
        yield return ("nobody of a tenant whose nights failed", PersonView.OfNothing(words, failed, NothingKnown.Undecided).ToString());
        yield return ("nobody to look through", PersonView.OfNothing(words, held, NothingKnown.Unsearchable).ToString());
        yield return ("person", PersonView.Of(words, held, new PersonAnswer(Person, null, null), Asked).ToString());
        var then = Person with { Feeds = new Dictionary<string, FeedExplanation>(), Sections = [] };
        yield return ("person who is gone", PersonView.Of(words, held, new PersonAnswer(then, one, one.Date), Asked).ToString());
        yield return ("person by an old name", PersonView.Of(words, held, new PersonAnswer(Person, one, null), Asked).ToString());
        yield return ("found", FoundView.Of(words, held, night, Asked).ToString());
        yield return ("found in every night", FoundView.Of(words, held, night, Asked with { WithGone = true }).ToString());
        yield return ("history of dry runs", HistoryView.Of(words, held, new PersonHistory("nordhamn", "x", new DateOnly(2026, 8, 1), [])).ToString());
        yield return ("history", HistoryView.Of(words, held, new PersonHistory("nordhamn", "x", new DateOnly(2026, 8, 1), [Person])).ToString());
        foreach (var list in RunList.All)
        {
            var rows = Enumerable.Range(0, 301).Select(at => Row(Kinds[at % Kinds.Length], at)).ToList();
            foreach (var query in new[] { new ListQuery("apple", null, null, null, WithNames: false, 1), new ListQuery(null, null, null, null, WithNames: true, 2) })
            {
                yield return ($"empty {list} {query}", Listed(list, [], query));
                var ofSchool = query with { School = "y" };
                yield return ($"{list} {query}", Listed(list, rows, ofSchool));
            }
        }

        string Listed(string list, IReadOnlyList<ListedRow> rows, ListQuery query) => ListView.Of(
            words, held, new RunList("nordhamn", SampleRun.Held.Run, list, rows), query, words.MeaningOf, new ListReader(MayReadNames: true, query.WithNames), rows.Count == 0 ? null : 999)
            .ToString();
    }

    private static Answering Now => new(MayOperate: true, SampleRun.Held.Finished!.Value, TimeSpan.FromHours(48));

    private static Answering Late => Now with { Now = Now.Now.AddHours(49) };

    /// <summary>One that came to a roster with nobody left out, and had no feed.</summary>
    private static RunRecord Empty => SampleRun.Held with { Feeds = [], Findings = [], Exclusions = new Dictionary<string, int>() };

    private static readonly string[] Kinds =
    [
        "student", "staff", "guardian", "person", "unit", "group", "activity", "placement", "duty", "syllabus",
        "students", "guardians", "sections", "memberships",
    ];

    private static readonly string[] Columns =
    [
        "givenName", "middleName", "familyName", "login", "studentMail", "staffMail", "privateMail", "civicNumber", "otherIds", "roles", "schoolYear", "placements", "duties",
        "guardianOf", "name", "groupType", "school", "syllabus", "teachers", "mentors",
    ];

    private static ListedRow Row(string kind, int at) => new("placement.dates", kind, "x", "y", at % 2 == 0 ? null : "z", null)
    {
        Property = "enrolments.schoolType",
        Columns = [.. Columns.Select((column, number) => new ChangedColumn(column, null, null, IsWithheld: number % 2 == 0))],
    };

    private static IReadOnlyList<Act> Acts { get; } =
    [
        .. Enum.GetValues<ActKind>().Select(kind => new Act { Tenant = "nordhamn", Kind = kind, By = "olle", Reason = "so", What = ["x"], People = ["y"], Refused = Asker.Lack }),
    ];

    private static Dictionary<string, object> Facts { get; } = new()
    {
        ["startDate"] = "2026-08-20",
        ["endDate"] = "absent",
        ["unit"] = new[] { "unit.dates", "not in the pull", "no eligible unit below" },
        ["namedByStudents"] = 0,
        ["markedOn"] = "earlier",
        ["securityMarking"] = "unknown value",
        ["personStatus"] = "person",
        ["registeredAbroad"] = true,
        ["cancelled"] = false,
        ["schoolType"] = "sharedIdentity",
        ["enabledUser"] = "reference",
        ["childCustody"] = false,
    };

    private static AskedAgain Asked { get; } = new("Noor", WithGone: false);

    private static Explanation Person { get; } = new()
    {
        Tenant = "nordhamn",
        Run = SampleRun.Held.Run,
        Date = SampleRun.Held.Date,
        Person = "x",
        Roles =
        [
            new RoleExplanation(Roles.Student, false, [new ReasonExplanation("placement.dates", "y", Facts, new DateOnly(2026, 10, 1), new DateOnly(2027, 6, 1))]),
            new RoleExplanation(Roles.Guardian, true, []),
        ],
        Sections = ["a"],
        Feeds = new Dictionary<string, FeedExplanation>
        {
            ["apple"] = new(false) { Reasons = [new FeedReason("guard.waiting", new DateOnly(2026, 8, 30))], State = ReceiptState.Held },
            ["learn"] = new(true),
        },
        ChangedSince = new ChangesSince(SampleRun.Failed.Run, new DateOnly(2026, 8, 31), ["placement.dates: endDate went from absent to 2026-10-01"]),
    };

    /// <summary>What a reader sees or hears, without signs in front.</summary>
    private static IEnumerable<string> Texts(string page) =>
        Shown().Matches(page[page.IndexOf("<body>", StringComparison.Ordinal)..]).Select(text => WebUtility.HtmlDecode(text.Groups["text"].Value).Trim(' ', '\n', '✓', '✕', '!', '…', '–'));

    [GeneratedRegex(@">(?<text>[^<]+)<|aria-label=""(?<text>[^""]+)""")]
    private static partial Regex Shown();
}
