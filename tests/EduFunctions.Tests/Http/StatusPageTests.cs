using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Http.Pages;
using EduFunctions.Simulators.Node;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Microsoft.Playwright;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>The status page in a real browser. With <c>EDUFUNCTIONS_SCREENSHOTS</c> set to a folder, what it looks like is kept there.</summary>
[Collection(HostTests.Name)]
public sealed class StatusPageTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("EDUFUNCTIONS_SCREENSHOTS");

    private readonly ConcurrentQueue<string> _console = new();
    private Browser _browser = null!;

    public async Task InitializeAsync() => _browser = await Browser.StartAsync();

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        Assert.DoesNotContain(_console, line => line.StartsWith("error", StringComparison.Ordinal) && !line.Contains("404", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_operator_finds_the_hold_reads_the_plan_and_releases_it_with_the_keyboard_alone()
    {
        await using var town = await HeldAsync();
        await using var serving = await Serving.Serving.StartAsync(town);
        var page = await OpenAsync(serving, "/");

        await page.Locator($".grid a[href='/tenants/{town.Id}']").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Look at the run" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("20 of 39 students of school").First).ToBeVisibleAsync();
        var address = page.Url;
        var form = page.Locator("form", new() { HasText = "Release this plan" });
        await form.GetByLabel("Why?").FocusAsync();
        await page.Keyboard.TypeAsync("the school is <b>smaller</b>");
        await page.Keyboard.PressAsync("Tab");
        var released = await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("Enter"), answer => answer.Request.Method == "POST");
        await page.WaitForLoadStateAsync();
        await serving.EndedAsync($"/api{new Uri(address).AbsolutePath}");
        await page.GotoAsync(address);

        Assert.Equal((303, address), (released.Status, new Uri(new Uri(address), await released.HeaderValueAsync("Location")).ToString()));
        await Assertions.Expect(page.GetByText("✓ delivered")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button)).ToHaveTextAsync(["Send again", "Compare"]);
        await Assertions.Expect(page.GetByText("the school is <b>smaller</b>").First).ToBeVisibleAsync();
        Assert.Equal(2, town.DropBox.Received.Count);
    }

    [Fact]
    public async Task Every_page_is_readable_in_light_and_dark_and_on_a_phone_and_for_who_cannot_see()
    {
        await using var town = await HeldAsync();
        var run = (string)town.Run["run"]!;
        await using var serving = await Serving.Serving.StartAsync(town);
        var before = (string)(await serving.Http.GetFromJsonAsync<JsonArray>($"/api/tenants/{town.Id}/runs"))![1]!["run"]!;
        var axe = await AxeAsync();

        foreach (var (look, scheme, width) in new[] { ("light", ColorScheme.Light, 1280), ("dark", ColorScheme.Dark, 1280), ("phone", ColorScheme.Light, 360) })
        {
            foreach (var (name, path) in new[] { ("tenants", "/"), ("tenant", $"/tenants/{town.Id}"), ("hold", $"/tenants/{town.Id}/runs/{run}?with={before}") })
            {
                var page = await OpenAsync(serving, path, scheme, width);
                await AssertGoodAsync(page, axe, $"{name}-{look}");
            }

            var person = await AskAsync(await OpenAsync(serving, $"/tenants/{town.Id}", scheme, width), Ids.Of("berget5"));
            await AssertGoodAsync(person, axe, $"person-{look}");
        }
    }

    [Fact]
    public async Task A_registrar_asks_by_id_and_the_id_stands_in_no_address()
    {
        var school = GuardTown.Of(("berget", 3)).Next().Editing("berget1", pupil => pupil["securityMarking"] = "Sekretessmarkering");
        await using var town = await Town.StartAsync(azurite, school);
        town.File["name"] = "<script>alert(1)</script> & Provstad";
        await town.PassAsync();
        await using var serving = await Serving.Serving.StartAsync(town);

        var left = await AskAsync(await OpenAsync(serving, $"/tenants/{town.Id}"), Ids.Of("berget1"));
        await Assertions.Expect(left.GetByText("The person has a protected identity")).ToBeVisibleAsync();
        await Assertions.Expect(left.GetByText("– not in the feed")).ToBeVisibleAsync();
        Assert.DoesNotContain(Ids.Of("berget1"), left.Url);
        var passed = await AskAsync(left, Ids.Of("berget2"));
        await Assertions.Expect(passed.GetByText("✓ in the feed")).ToBeVisibleAsync();
        var unknown = await AskAsync(passed, "\"><b>nobody</b>");
        await Assertions.Expect(unknown.GetByText("Nobody is found by this")).ToBeVisibleAsync();
        await Assertions.Expect(unknown.Locator("b")).ToHaveCountAsync(0);
        await Assertions.Expect(unknown.GetByRole(AriaRole.Link, new() { Name = "<script>alert(1)</script> & Provstad" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_run_whose_message_failed_for_good_is_taken_up_again_by_a_button()
    {
        await using var town = await Town.StartAsync(azurite, GuardTown.Of(("berget", 3)));
        var port = (int)town.File["feeds"]![0]!["delivery"]!["port"]!;
        town.File["feeds"]![0]!["delivery"]!["port"] = 9;
        Assert.Equal(1, await town.PassAsync());
        town.File["feeds"]![0]!["delivery"]!["port"] = port;
        await using var serving = await Serving.Serving.StartAsync(town);
        var page = await OpenAsync(serving, $"/tenants/{town.Id}");

        await page.Locator("form", new() { HasText = "Take up again" }).GetByLabel("Why?").FillAsync("the port is right now");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take up again" }).ClickAsync();
        await page.WaitForURLAsync("**/runs/**");
        var address = page.Url;
        await serving.EndedAsync($"/api{new Uri(address).AbsolutePath}");
        await page.GotoAsync(address);

        await Assertions.Expect(page.GetByText("✓ delivered")).ToBeVisibleAsync();
        Assert.Single(town.DropBox.Received);
        await page.GotoAsync($"/tenants/{town.Id}");
        await Assertions.Expect(page.GetByText("✓ over")).ToBeVisibleAsync();

        await page.GetByText("Begin a run without waiting for the night").ClickAsync();
        await page.Locator("form", new() { HasText = "Dry run" }).GetByLabel("Why?").FillAsync("to see whether it works");
        await page.GetByRole(AriaRole.Button, new() { Name = "Dry run" }).ClickAsync();
        await page.WaitForURLAsync("**/runs/**");
        var begun = await serving.EndedAsync($"/api{new Uri(page.Url).AbsolutePath}");
        await Assertions.Expect(page.GetByText("✓ dry run")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.Equal(("to see whether it works", true), ((string?)begun["reason"], (bool)begun["dryRun"]!));
        Assert.Single(town.DropBox.Received);
    }

    [Fact]
    public async Task A_plan_is_read_row_by_row_with_names_for_who_asks_for_them_and_the_receipt_says_what_was_sent()
    {
        await using var town = await HeldAsync(pupils => pupils.Editing("berget7", pupil => pupil["familyName"] = "Nyhed"));
        var run = (string)town.Run["run"]!;
        await using var serving = await Serving.Serving.StartAsync(town);
        var axe = await AxeAsync();
        var page = await OpenAsync(serving, $"/tenants/{town.Id}/runs/{run}", width: 360);

        await page.GetByText("What was sent, and what the target answered").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("times begun: 1")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("code", new() { HasText = ".zip" })).ToBeVisibleAsync();
        await AssertGoodAsync(page, axe, "receipt-phone", skip: null);

        await page.GetByRole(AriaRole.Link, new() { Name = "row by row" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/lists/plan?feed=apple");
        await Assertions.Expect(page.GetByText("guard.staying").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("del")).ToHaveCountAsync(0);
        await page.GetByLabel("What it means").SelectOptionAsync("guard.staying");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(1 + 20);
        await AssertGoodAsync(page, axe, "plan-phone");
        await page.GetByLabel("What it means").SelectOptionAsync("changed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("family name: is another now")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show also what people are called" }).ClickAsync();

        await Assertions.Expect(page.Locator("del")).ToHaveTextAsync(["Provhed"]);
        await Assertions.Expect(page.Locator("ins")).ToHaveTextAsync(["Nyhed"]);
        await AssertGoodAsync(page, axe, "plan-names-phone");
        await page.GotoAsync($"/tenants/{town.Id}/runs/{run}");
        await Assertions.Expect(page.GetByText("plan, changed, names")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Who that is" }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(1 + 20 + 1);
    }

    [Fact]
    public async Task An_operator_lets_a_target_rest_and_go_on_with_the_keyboard_alone()
    {
        await using var town = await HeldAsync();
        await using var serving = await Serving.Serving.StartAsync(town);
        var axe = await AxeAsync();
        var page = await OpenAsync(serving, $"/tenants/{town.Id}");

        await page.GetByText("Let a target rest", new() { Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var form = page.Locator("form", new() { HasText = "Let it rest" });
        await form.GetByLabel("What waits").FocusAsync();
        await page.Keyboard.TypeAsync("nothing");
        await form.GetByLabel("The first day on which it goes on").FillAsync(DateTime.UtcNow.AddDays(7).ToString("yyyy-MM-dd", null));
        await form.GetByRole(AriaRole.Button).PressAsync("Enter");
        await Assertions.Expect(form.GetByLabel("Why?")).ToBeFocusedAsync();
        await AssertGoodAsync(page, axe, "rest-light", skip: null);
        await form.GetByLabel("Why?").FocusAsync();
        await page.Keyboard.TypeAsync("its school year changes");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.GetByText("! apple: nothing is sent")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Cell, new() { Name = "let a target rest apple, all" })).ToBeVisibleAsync();
        var lift = page.Locator("form", new() { HasText = "Let it go on" });
        await lift.GetByLabel("Why?").FocusAsync();
        await page.Keyboard.TypeAsync("it is ready");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("let a target go on")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("! apple: nothing is sent")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_long_list_is_read_page_by_page()
    {
        var axe = await AxeAsync();
        foreach (var (page, rows, others) in new[] { (1, 200, new[] { "Next page" }), (2, 200, ["Previous page", "Next page"]), (3, 50, ["Previous page"]) })
        {
            var shown = await _browser.OpenAsync("http://localhost/", width: 360);
            await shown.SetContentAsync(LongList.Page(450, new ListQuery("apple", null, null, null, WithNames: false, page)));

            await AssertGoodAsync(shown, axe, $"list-{page}-phone");
            await Assertions.Expect(shown.GetByRole(AriaRole.Row)).ToHaveCountAsync(1 + rows);
            await Assertions.Expect(shown.GetByText($"Page {page} of 3")).ToBeVisibleAsync();
            await Assertions.Expect(shown.GetByRole(AriaRole.Navigation, new() { Name = "Pages" }).GetByRole(AriaRole.Link)).ToHaveTextAsync(others);
        }
    }

    [Fact]
    public async Task Three_hundred_tenants_are_searched_on_a_screen_and_on_a_phone()
    {
        var axe = await AxeAsync();
        foreach (var (look, width) in new[] { ("light", 1280), ("phone", 360) })
        {
            var page = await _browser.OpenAsync("http://localhost/", width: width);
            await page.SetContentAsync(ManyTenants.Page(new TenantFilter("kommun 2", "all", "need")));

            await AssertGoodAsync(page, axe, $"many-{look}");
            await Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(1 + 111);
            await Assertions.Expect(page.GetByLabel("Name or id")).ToHaveValueAsync("kommun 2");
        }
    }

    [Fact]
    public async Task A_page_speaks_the_browsers_language_until_the_reader_chooses_another()
    {
        await using var town = await HeldAsync();
        await using var serving = await Serving.Serving.StartAsync(town);
        var axe = await AxeAsync();
        var page = await OpenAsync(serving, "/", width: 360, locale: "da-DK");

        await AssertGoodAsync(page, axe, "tenants-phone-da", skip: "Gå til indholdet");
        Assert.Equal("da", await page.EvaluateAsync<string>("document.documentElement.lang"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Svenska" }).ClickAsync();
        await page.Locator($".grid a[href='/tenants/{town.Id}']").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Visa körningen" }).ClickAsync();
        await AssertGoodAsync(page, axe, "hold-phone-sv", skip: "Hoppa till innehållet");
        await Assertions.Expect(page.GetByText("20 av 39 elever i skolenheten").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Godkänn planen" })).ToBeVisibleAsync();
        Assert.Equal("sv", await page.EvaluateAsync<string>("document.documentElement.lang"));

        var person = await AskAsync(await OpenAsync(serving, $"/tenants/{town.Id}", locale: "sv-SE"), Ids.Of("berget5"), "Personnummer, inloggning");
        await Assertions.Expect(person.GetByText("Inskrivningen har inte börjat, eller är avslutad")).ToBeVisibleAsync();
        await Assertions.Expect(person.GetByText("vid Berget")).ToBeVisibleAsync();
        await Assertions.Expect(person.GetByText("sista dag: 2026-06-12")).ToBeVisibleAsync();
        await person.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        await Assertions.Expect(person.GetByRole(AriaRole.Heading, new() { Name = "Why is this person missing?" })).ToBeVisibleAsync();
    }

    private async Task<IPage> OpenAsync(Serving.Serving serving, string path, ColorScheme scheme = ColorScheme.Light, int width = 1280, string locale = "en-GB")
    {
        var page = await _browser.OpenAsync(serving.Http.BaseAddress!.ToString(), scheme, width, locale: locale);

        // A style or script that the page's own policy refuses is told on the console.
        page.Console += (_, message) => _console.Enqueue($"{message.Type}: {message.Text}");
        await page.GotoAsync(path);
        return page;
    }

    private static async Task<IPage> AskAsync(IPage page, string person, string label = "Civic number, login")
    {
        await page.GetByLabel(label).FillAsync(person);
        await page.GetByLabel(label).PressAsync("Enter");
        await page.WaitForURLAsync("**/person");
        return page;
    }

    /// <param name="skip">What the first tab leads to; null where the reader is in the midst of the page already.</param>
    private static async Task AssertGoodAsync(IPage page, string axe, string name, string? skip = "Skip to content")
    {
        if (Screenshots is not null)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });
        }

        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{name} is wider than its window");
        Assert.Equal(name.Contains("dark"), await page.EvaluateAsync<bool>("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(part => part < 100)"));
        if (skip is not null)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.Equal(skip, await page.EvaluateAsync<string>("document.activeElement.textContent"));
        }

        await page.EvaluateAsync(axe);
        var violations = await page.EvaluateAsync<JsonElement>("axe.run().then(found => found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join(' | ')}`))");
        Assert.Empty(violations.EnumerateArray().Select(violation => $"{name}: {violation.GetString()}"));
    }

    /// <summary>Checks of accessibility made by others: labels, landmarks, order of headings, contrast.</summary>
    private static async Task<string> AxeAsync() =>
        await File.ReadAllTextAsync(Path.Combine(await NodeTools.InstallAsync(), "node_modules", "axe-core", "axe.min.js"));

    /// <param name="further">What else has become of the school when half of it is gone.</param>
    private async Task<Town> HeldAsync(Action<EditedSchoolData>? further = null)
    {
        var school = GuardTown.Of(("berget", 40)).Next().Editing("berget5", pupil => pupil["enrolments"]![0]!["endDate"] = "2026-06-12");
        var town = await Town.StartAsync(azurite, school);
        Assert.Equal(0, await town.PassAsync());
        school.Losing("berget", 20, 40);
        further?.Invoke(school);
        Assert.Equal(3, await town.PassAsync());
        return town;
    }
}
