using System.Net;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Http.Pages;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Runs;
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

        var page = PersonView.Of(Words(), SampleRun.Status(SampleRun.Held), new PersonAnswer(person, Found: null, LastSeen: null)).ToString();

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

    private static Act Of(ActKind kind, params string[] what) => new() { Tenant = "nordhamn", Kind = kind, What = what };

    private static string Overview(RunRecord run) => TenantsView.Of(
        Words(), [new TenantCard(SampleRun.Status(run), 0)], new("planner", null, 1, 26, Pipeline.Watching.FreshnessState.Fresh), 0, TenantFilter.None).ToString();

    /// <param name="latest">The tenant's latest run.</param>
    private static string Page(RunRecord run, RunRecord latest, int hours = 0) => RunView.Of(
        Words(), run, SampleRun.Status(latest), run.Feeds.ToDictionary(feed => feed.Name, _ => new SeenFeed(null, null)), [], [], ([], null),
        new Answering(MayOperate: true, (run.Finished ?? run.Started).AddHours(hours), TimeSpan.FromHours(48))).ToString();

    private static Wording Words(Language? language = null) => new(language ?? Language.English, Registered.Services.GetRequiredService<CodeSentences>(), "/");
}
