using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Http.Pages;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Languages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>What the status page promises, sentence by sentence, in a real browser that is shown the pages of made-up runs: no host and no storage is needed.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class PageSentencesTests : IAsyncLifetime
{
    private const string Address = "http://localhost/";

    private static readonly Wording Words = new(Language.English, Registered.Services.GetRequiredService<CodeSentences>(), "/");

    private Browser _browser = null!;

    public async Task InitializeAsync() => _browser = await Browser.StartAsync();

    public async Task DisposeAsync() => await _browser.DisposeAsync();

    [Fact]
    public async Task A_refused_tenant_is_red_and_comes_before_whoever_is_held()
    {
        var page = await ShowAsync(Tenants(Card("solberga", RunState.Held), Card("nordhamn", RunState.Delivered, problem: "$.name: is missing")));

        var waiting = page.Locator("section", new() { HasText = "Waits for somebody" });
        await Assertions.Expect(waiting.Locator("li")).ToHaveTextAsync([new Regex("file refused nordhamn"), new Regex("held solberga")]);
        var red = await ColourOfAsync(waiting.GetByText("✕ file refused"));
        Assert.NotEqual(red, await ColourOfAsync(waiting.GetByText("! held")));
        Assert.True(red.Red > red.Green && red.Red > red.Blue, $"{red} is not red");
    }

    [Fact]
    public async Task On_a_phone_the_table_shows_the_column_that_matters_and_not_the_others()
    {
        var page = await ShowAsync(ManyTenants.Page(TenantFilter.None), width: 360);

        foreach (var (column, isShown) in new[] { ("Tenant", true), ("State", true), ("Oldest delivery", true), ("Students", false), ("Next night", false) })
        {
            await Assertions.Expect(page.Locator("thead th", new() { HasTextString = column })).ToBeVisibleAsync(new() { Visible = isShown });
        }
    }

    [Fact]
    public async Task What_is_under_way_shows_by_itself_how_far_it_is_until_it_has_ended()
    {
        var shown = new Queue<string>([Tenants(Card("nordhamn", RunState.Extracting)), Tenants(Card("nordhamn", RunState.Exporting)), Tenants(Card("nordhamn", RunState.Delivered))]);
        var page = await _browser.OpenAsync(Address);
        await page.RouteAsync(Address, route => route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = shown.Count > 1 ? shown.Dequeue() : shown.Peek() }));
        await page.GotoAsync(Address);

        await Assertions.Expect(page.GetByText("… extracting").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("… exporting").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByText("✓ delivered").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByText("Under way")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_run_is_a_timeline_with_durations_and_two_nights_are_compared()
    {
        var run = SampleRun.Held with { Finished = SampleRun.Held.Started.AddMinutes(9) };
        var other = run with { Run = "20260831T190000Z-0a1b", Counts = run.Counts! with { Students = 1250 } };

        var page = await ShowAsync(Run(run, (["20260831T190000Z-0a1b"], other)));

        var stages = page.Locator(".timeline li");
        await Assertions.Expect(stages).ToHaveTextAsync([new Regex("start 0:02:00"), new Regex("extract 0:02:00"), new Regex("transform 0:02:00"), new Regex("export 0:02:00")]);
        await Assertions.Expect(page.GetByText("All together 0:09:00.")).ToBeVisibleAsync();
        var compared = page.GetByRole(AriaRole.Region, new() { Name = "Compared" });
        await Assertions.Expect(compared.GetByRole(AriaRole.Row, new() { Name = "students" })).ToHaveTextAsync(new Regex("students\\s*1,250\\s*1,240\\s*.10"));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Compare" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_hold_of_several_feeds_is_one_decision_and_no_button_is_pressed_without_a_reason()
    {
        var run = SampleRun.Held with { Feeds = [.. new[] { "apple", "learn", "unikum" }.Select(name => SampleRun.Held.Feeds[0] with { Name = name })] };
        var page = await ShowAsync(Run(run));
        await Assertions.Expect(page.Locator("form[method=post]:not(:has(input[name=reason][required]))")).ToHaveCountAsync(0);
        var posted = new List<string>();
        await page.RouteAsync("**/approve", route =>
        {
            posted.Add(route.Request.PostData ?? "");
            return route.FulfillAsync(new() { Status = 204 });
        });
        var decision = page.Locator("section", new() { HasText = "One decision for all feeds" });

        await decision.GetByRole(AriaRole.Button, new() { Name = "Release all 3 plans" }).PressAsync("Enter");
        await Assertions.Expect(decision.GetByLabel("Why?")).ToBeFocusedAsync();
        Assert.Empty(posted);
        await page.Keyboard.TypeAsync("the school is smaller");
        var pressed = await page.RunAndWaitForRequestAsync(() => page.Keyboard.PressAsync("Enter"), "**/approve");

        Assert.Equal("plan=all&reason=the+school+is+smaller", pressed.PostData);
    }

    [Fact]
    public async Task After_a_release_the_page_says_so_with_who_and_why_and_who_began_the_run()
    {
        var approval = new Approval(SampleRun.Receipt.Files[0].Sha256, SampleRun.Held.Started) { By = "olle", Reason = "so it is" };
        var feed = SampleRun.Held.Feeds[0] with { Holds = [], State = ReceiptState.Sent, Approval = approval };
        Act[] acts =
        [
            new() { Tenant = "nordhamn", Kind = ActKind.Approve, By = "olle", Reason = "so it is", At = SampleRun.Held.Started },
            new() { Tenant = "nordhamn", Kind = ActKind.Sync, By = "vera", Reason = "a pupil who begins today", At = SampleRun.Held.Started },
        ];

        var page = await ShowAsync(Run(SampleRun.Held with { State = RunState.Delivered, Feeds = [feed] }, acts: acts));

        await Assertions.Expect(page.GetByText(new Regex("Plan .* was approved at .* by olle"))).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("What it will do once released")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("What a refusal does")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByText("20 accounts are deactivated")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "Students 1,240 3" })).ToHaveTextAsync(new Regex("20\\s*$"));
        var done = page.GetByRole(AriaRole.Region, new() { Name = "Who did what" });
        await Assertions.Expect(done.GetByRole(AriaRole.Row)).ToHaveTextAsync([new Regex("When"), new Regex("released\\s*olle\\s*.?so it is"), new Regex("began a run\\s*vera\\s*.?a pupil")]);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send again" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_run_whose_message_failed_for_good_is_taken_up_again_from_its_own_page()
    {
        var failed = new PoisonMessage("x", "nordhamn", SampleRun.Failed.Run, "extract", SampleRun.Failed.Started, SampleRun.Failed.StateReason, Waits: true);
        var page = await ShowAsync(Run(SampleRun.Failed, poison: [failed]));
        await page.RouteAsync("**/requeue", route => route.FulfillAsync(new() { Status = 204 }));
        var card = page.Locator("section", new() { HasText = "Messages that failed for good" });

        await Assertions.Expect(card.GetByRole(AriaRole.Button, new() { Name = "Take up again" })).ToBeVisibleAsync();
        await card.GetByLabel("Why?").FillAsync("the port is right now");
        var pressed = await page.RunAndWaitForRequestAsync(() => page.Keyboard.PressAsync("Enter"), "**/requeue");

        Assert.EndsWith($"/tenants/nordhamn/runs/{SampleRun.Failed.Run}/requeue", pressed.Url);
        Assert.Contains("reason=the+port+is+right+now", pressed.PostData);
        await Assertions.Expect((await ShowAsync(Run(SampleRun.Failed, poison: [failed with { Waits = false }]))).GetByRole(AriaRole.Button, new() { Name = "Take up again" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Charts_count_nights_and_no_dry_runs_and_the_version_is_at_the_foot()
    {
        RunRecord[] runs =
        [
            SampleRun.Held with { DryRun = true, State = RunState.DryRun, Counts = SampleRun.Held.Counts! with { Students = 7777 } },
            SampleRun.Held with { Counts = SampleRun.Held.Counts! with { Students = 1240 } },
        ];

        var page = await ShowAsync(TenantView.Of(Words, Card("nordhamn", RunState.Held), runs, [], [], [], mayOperate: true).ToString());

        var chart = page.Locator("section", new() { HasText = "People per night" });
        await Assertions.Expect(chart.Locator("svg rect").First).ToBeVisibleAsync();
        await Assertions.Expect(chart).ToContainTextAsync("1,240");
        await Assertions.Expect(chart).Not.ToContainTextAsync("7,777");
        await Assertions.Expect(page.Locator("footer")).ToContainTextAsync($"{Product.Name} {Product.Version}");
        await Assertions.Expect(page.GetByText("Next night:")).ToBeVisibleAsync();
    }

    private static string Run(
        RunRecord run, (IReadOnlyList<string> Others, RunRecord? Chosen)? compared = null, IReadOnlyList<Act>? acts = null, IReadOnlyList<PoisonMessage>? poison = null) => RunView.Of(
        Words, run, SampleRun.Status(run), run.Feeds.ToDictionary(feed => feed.Name, _ => new SeenFeed(HashedPlan.Of(SampleRun.Plan), SampleRun.Receipt)), poison ?? [], acts ?? [],
        compared ?? ([], null), new Answering(MayOperate: true, run.Finished ?? run.Started, TimeSpan.FromHours(48))).ToString();

    private static string Tenants(params TenantCard[] cards) =>
        TenantsView.Of(Words, cards, new FreshnessStatus("planner", null, 1, 26, FreshnessState.Fresh), 0, TenantFilter.None).ToString();

    private static TenantCard Card(string tenant, RunState state, string? problem = null) => new(
        SampleRun.Status(SampleRun.Held with { Tenant = tenant, State = state }) with { Tenant = tenant, Name = tenant, Problem = problem }, 0, SampleRun.Held.Started);

    private async Task<IPage> ShowAsync(string html, int width = 1280)
    {
        var page = await _browser.OpenAsync(Address, width: width);
        await page.RouteAsync(Address, route => route.FulfillAsync(new() { ContentType = "text/html; charset=utf-8", Body = html }));
        await page.GotoAsync(Address);
        return page;
    }

    private static async Task<(int Red, int Green, int Blue)> ColourOfAsync(ILocator text) =>
        await text.EvaluateAsync<int[]>("one => getComputedStyle(one).color.match(/\\d+/g).slice(0, 3).map(Number)") is [var red, var green, var blue] ? (red, green, blue) : default;
}
