using System.Net;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Http.Pages;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Searching;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Languages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>Pages say how things stand now: no button that does nothing, no question that is answered, no account as gone that is there.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class TrueStatesTests
{
    private const string Hold = "20 of 40 students";
    private const string Cause = "localhost:9 cannot be reached";

    private static RunRecord ApprovedAndFailed { get; } = SampleRun.Held with
    {
        State = RunState.Failed,
        StateReason = $"The stage export failed too often. {Cause} (ConnectionRefused). Check delivery.host and delivery.port.",
        Feeds =
        [
            .. SampleRun.Held.Feeds.Take(1).Select(feed => feed with { State = ReceiptState.Failed, Approval = new Approval(feed.Plan!.Hash, SampleRun.Held.Started) }),
        ],
    };

    [Theory]
    [InlineData(false, "not in the feed", "guard.staying", "still there, waits")]
    [InlineData(false, "still there, waits", "feed.rules", "not in the feed")]
    [InlineData(true, "still there, waits", "guard.staying", "in the feed")]
    [InlineData(true, "in the feed", "guard.waiting", "to be added, waits")]
    public void Who_is_kept_by_the_guard_is_still_there(bool included, string not, string code, string told)
    {
        var person = new Explanation
        {
            Tenant = "nordhamn",
            Run = SampleRun.Held.Run,
            Date = SampleRun.Held.Date,
            Person = "x",
            Roles = [],
            Sections = [],
            Feeds = new Dictionary<string, FeedExplanation> { ["apple"] = new(included) { Reasons = [new FeedReason(code)] } },
        };

        var page = PersonView.Of(Words(), SampleRun.Status(SampleRun.Held), new PersonAnswer(person, Found: null, LastSeen: null), new AskedAgain("Noor", WithGone: false)).ToString();

        Assert.Contains($" {told}</span>", page);
        Assert.DoesNotContain($" {not}</span>", page);
    }

    [Fact]
    public void A_plan_of_the_latest_run_can_be_answered_and_one_of_an_earlier_run_leads_to_the_newer()
    {
        var newer = SampleRun.Held with { Run = "20260902T190000Z-0a1b" };

        var (open, closed) = (Page(SampleRun.Held, SampleRun.Held), Page(SampleRun.Held, newer));

        Assert.Contains("Release this plan", open);
        Assert.DoesNotContain("newer run", open);
        Assert.DoesNotContain("Release this plan", closed);
        Assert.DoesNotContain("Refuse this plan", closed);
        Assert.Contains($"<a href=\"/tenants/nordhamn/runs/{newer.Run}\">Look at the newer run</a>", closed);
    }

    [Fact]
    public void What_is_too_old_to_be_answered_has_no_button_and_says_what_to_do()
    {
        var (intime, late) = (Page(SampleRun.Held, SampleRun.Held, hours: 47), Page(SampleRun.Held, SampleRun.Held, hours: 49));

        Assert.Contains("Release this plan", intime);
        Assert.Contains("What waits here can be answered until", intime);
        Assert.All(["Release this plan", "Refuse this plan", "can be answered until"], words => Assert.DoesNotContain(words, late));
        Assert.Contains("more than 48 hours old", late);
        Assert.Contains("<a href=\"/tenants/nordhamn#begin\">Begin a new run", late);
    }

    [Fact]
    public void Of_a_run_that_failed_the_cause_is_told_and_not_a_hold_that_was_approved()
    {
        var (overview, run) = (Overview(ApprovedAndFailed), Page(ApprovedAndFailed, ApprovedAndFailed));

        Assert.All([overview, run], page => Assert.Contains(Cause, page));
        Assert.All([overview, run], page => Assert.DoesNotContain(Hold, page));
        Assert.Contains(Hold, Overview(SampleRun.Held));
        Assert.Contains(Hold, Page(SampleRun.Held, SampleRun.Held));
        Assert.Contains("Release this plan", run);
        Assert.DoesNotContain("Refuse this plan", run);
    }

    [Fact]
    public void What_somebody_asked_for_is_told_in_the_readers_words()
    {
        Act[] acts =
        [
            Of(ActKind.Sync, "dryRun", "acceptShrink"), Of(ActKind.Freeze, "removals", "2027-01-10"), Of(ActKind.Download, "left-out", "placement.dates", "names"),
        ];

        var page = WebUtility.HtmlDecode(ActsView.Of(Words(Language.Swedish), acts, TimeZoneInfo.Utc).ToString());

        Assert.Contains(">provkörning, mindre hämtning godtagen<", page);
        Assert.Contains(">borttagningar, 2027-01-10<", page);
        Assert.Contains("placement.dates, namn<", page);
        Assert.All(["dryRun", "removals", "left-out"], word => Assert.DoesNotContain(word, page));
    }

    [Theory]
    [InlineData(true, "Nothing has to be done")]
    [InlineData(false, "By now it goes on again")]
    public void A_target_that_rests_needs_nobody_and_goes_on_when_it_may(bool restsNow, string told)
    {
        var run = Rested(SampleRun.Held with { Feeds = [SampleRun.Held.Feeds[0]] });

        var page = Page(run, run, seen: new SeenFeed(null, null) { RestsNow = restsNow });

        Assert.Contains("paused until 2026-09-10 by olle", page);
        Assert.Contains(told, page);
        Assert.All(["Release this plan", "Refuse this plan", "can be answered until", "! held"], words => Assert.DoesNotContain(words, page));
        Assert.Contains("Nothing waits for anybody", Overview(run));
    }

    [Theory]
    [InlineData(ReceiptState.SkippedUnchanged, true)]
    [InlineData(ReceiptState.Sent, false)]
    public void Changes_that_no_file_tells_the_target_of_are_said_to_be_none_of_its(ReceiptState state, bool isTold)
    {
        var run = SampleRun.Held with { State = RunState.Delivered, Feeds = [SampleRun.Held.Feeds[0] with { State = state, Holds = [] }] };

        var page = Page(run, run, seen: new SeenFeed(null, SampleRun.Receipt with { State = state }));

        Assert.Equal(isTold, page.Contains("Nothing of it is told to this target", StringComparison.Ordinal));
    }

    [Fact]
    public void What_rests_by_default_is_the_same_by_button_and_by_command()
    {
        var page = RestView.Of(Words(), SampleRun.Status(SampleRun.Held), [], mayOperate: true).ToString();

        Assert.Contains($"<select name=\"what\"><option value=\"{new FeedFreeze { Until = "" }.What}\">", page);
        Assert.Equal(new FeedFreeze { Until = "" }.What, new FreezeBody().What);
        Assert.Contains("No approval lets through what waits so", page);
    }

    [Fact]
    public void Of_who_is_gone_today_is_told_before_the_night_that_had_them()
    {
        var then = new Explanation
        {
            Tenant = "nordhamn",
            Run = SampleRun.Held.Run,
            Date = SampleRun.Held.Date,
            Person = "x",
            Roles = [new(Roles.Student, Eligible: true, [])],
            Sections = [],
            Feeds = new Dictionary<string, FeedExplanation> { ["apple"] = new(Included: true) },
        };

        var page = WebUtility.HtmlDecode(PersonView.Of(
            Words(), SampleRun.Status(SampleRun.Held), new PersonAnswer(then, Found: null, SampleRun.Held.Date), new AskedAgain("Noor", WithGone: false)).ToString());

        string[] order = ["does not hand this person out any more", "Feeds, as of now", "– not in the feed", "What was decided in the night of 2026-09-01", "is handed on", "✓ in the feed"];
        Assert.Equal(order.Order(Comparer<string>.Create((one, other) => page.IndexOf(one, StringComparison.Ordinal).CompareTo(page.IndexOf(other, StringComparison.Ordinal)))), order);
        Assert.All(order, words => Assert.Contains(words, page));
    }

    [Fact]
    public void A_history_without_a_night_says_that_dry_runs_are_none()
    {
        var page = HistoryView.Of(Words(), SampleRun.Status(SampleRun.Held), new PersonHistory("nordhamn", "x", SampleRun.Held.Date, [])).ToString();

        Assert.Contains("only dry runs have had this person", page);
    }

    [Theory]
    [InlineData(false, "for the role protection alone")]
    [InlineData(true, "No row is of this school")]
    public void An_empty_list_says_whose_role_would_fill_it(bool mayFindProtected, string told)
    {
        var list = new RunList("nordhamn", SampleRun.Held.Run, RunList.LeftOut, [new("placement.dates", "student", "x", null, null, null)]);
        var query = new ListQuery(null, "person.protected", null, null, WithNames: false, 1);

        var page = ListView.Of(Words(), SampleRun.Status(SampleRun.Held), list, query, code => code, new ListReader(MayReadNames: false, mayFindProtected)).ToString();

        Assert.Contains(told, page);
    }

    [Fact]
    public void Two_of_one_name_are_told_apart()
    {
        FoundPerson[] people =
        [
            new("x", "Vilda", ["Berget"]) { Classes = ["3B"], SchoolYear = 3, BirthYear = 2017 }, new("y", "Vilda", ["Berget"]) { Classes = ["7A"], SchoolYear = 7, BirthYear = 2013 },
        ];

        var page = FoundView.Of(
            Words(), SampleRun.Status(SampleRun.Held), new FoundPeople("r", SampleRun.Held.Date, people, HasMore: false) { SearchedSince = SampleRun.Held.Date },
            new AskedAgain("Noor", WithGone: false)).ToString();

        Assert.Contains("Berget, 3B, school year 3, born 2017", page);
        Assert.Contains("Berget, 7A, school year 7, born 2013", page);
    }

    [Fact]
    public void Whom_nothing_else_tells_apart_the_id_does()
    {
        FoundPerson[] people =
        [
            new("6f7e17ea-fc67-5fec-98c2-19b32e17f96c", "Vilda", ["Berget"]), new("6f7e17ea-0c67-5fec-98c2-19b32e17f96c", "Vilda", ["Berget"]),
            new("cac732a5-9aff-5917-b48b-88a7927a340e", "Vilda", ["Dalen"]),
        ];

        var page = WebUtility.HtmlDecode(FoundView.Of(
            Words(), SampleRun.Status(SampleRun.Held), new FoundPeople("r", SampleRun.Held.Date, people, HasMore: false) { SearchedSince = SampleRun.Held.Date },
            new AskedAgain("Noor", WithGone: false)).ToString());

        Assert.All(["6f7e17ea-f…", "6f7e17ea-0…"], id => Assert.Contains($"Berget, id <code>{id}</code>", page));
        Assert.All(["6f7e17ea-f…", "6f7e17ea-0…"], id => Assert.Contains($"aria-label=\"Choose Vilda {id}\"", page));
        Assert.Contains("Dalen</span>", page);
    }

    [Fact]
    public void A_newer_run_that_came_to_no_plan_is_not_told_as_one_that_has_another()
    {
        var newer = SampleRun.Failed with { Run = "20260902T190000Z-0a1b" };

        var (ended, underWay) = (Page(SampleRun.Held, newer), Page(SampleRun.Held, newer with { State = RunState.Extracting, Finished = null }));

        Assert.Contains("ended before it had a plan", ended);
        Assert.Contains("wait for its plan", underWay);
        Assert.All([ended, underWay], page => Assert.Contains($"<a href=\"/tenants/nordhamn/runs/{newer.Run}\">Look at the newer run</a>", page));
    }

    [Fact]
    public void A_change_at_a_school_is_told_by_the_schools_name()
    {
        var night = new Explanation
        {
            Tenant = "nordhamn",
            Run = SampleRun.Held.Run,
            Date = SampleRun.Held.Date,
            Person = "x",
            Roles = [],
            Sections = [],
            Feeds = new Dictionary<string, FeedExplanation>(),
            ChangedSince = new ChangesSince(SampleRun.Held.Run, SampleRun.Held.Date, ["placement: new at 6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41"]),
        };
        var words = Words(Language.Swedish).Naming(new NamedSchools(new Dictionary<string, string> { ["6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41"] = "Bergets skola" }));

        var page = HistoryView.Of(words, SampleRun.Status(SampleRun.Held), new PersonHistory("nordhamn", "x", SampleRun.Held.Date, [night])).ToString();

        Assert.Contains("Bergets skola</span></li>", page);
        Assert.DoesNotContain("6f1c2d9e", page);
    }

    private static RunRecord Rested(RunRecord run) => run with
    {
        State = RunState.Delivered,
        StateReason = "Feed apple is paused until 2026-09-10 by olle (freeze), so nothing of it is sent.",
        Feeds = [.. run.Feeds.Select(feed => feed with { Rest = new FeedRest("2026-09-10", "all", "olle") })],
    };

    private static Act Of(ActKind kind, params string[] what) => new() { Tenant = "nordhamn", Kind = kind, What = what };

    private static string Overview(RunRecord run) => TenantsView.Of(
        Words(), [new TenantCard(SampleRun.Status(run), 0)], new("planner", null, 1, 26, Pipeline.Watching.FreshnessState.Fresh), 0, TenantFilter.None).ToString();

    /// <param name="latest">The tenant's latest run.</param>
    private static string Page(RunRecord run, RunRecord latest, int hours = 0, SeenFeed? seen = null) => RunView.Of(
        Words(), run, SampleRun.Status(latest), run.Feeds.ToDictionary(feed => feed.Name, _ => seen ?? new SeenFeed(null, null)), [], [], ([], null),
        new Answering(MayOperate: true, (run.Finished ?? run.Started).AddHours(hours), TimeSpan.FromHours(48))).ToString();

    private static Wording Words(Language? language = null) => new(language ?? Language.English, Registered.Services.GetRequiredService<CodeSentences>(), "/");
}
