using System.Net;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Http.Pages;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Languages;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>What registrars read in lists, plans and histories: names before ids, numbers that agree, and no columns and keys that say nothing to them.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class ReadableListsTests
{
    private const string Berget = "6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41";
    private const string Dalen = "0a1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41";
    private const string Nameless = "34bec5f2-42bc-5eb1-b601-53d834facabc";

    [Fact]
    public void Schools_are_chosen_by_name_and_those_without_one_come_last_shortened_and_counted()
    {
        var page = Page(
            [Row("a", Nameless, null), Row("b", Nameless, null), Row("c", "12bec5f2-42bc-5eb1-b601-53d834facabc", null), Row("d", Berget, "Berget"), Row("e", Dalen, "Dalen")]);

        var choices = Regex.Matches(page[page.IndexOf("name=\"school\"", StringComparison.Ordinal)..], "<option value=\"[^\"]+\">([^<]+)<").Select(option => option.Groups[1].Value).Take(4);
        Assert.Equal(["Berget", "Dalen", "School without a name here: 34bec5f2…, rows: 2", "School without a name here: 12bec5f2…, rows: 1"], choices);
    }

    [Theory]
    [InlineData(RunList.LeftOut, 3, "number on the run's page is 3, and 2 of them are listed here: the role protection alone")]
    [InlineData(RunList.Findings, 3, "number on the run's page is 3, and 2 of them are listed here: of who has a protected identity no row is kept")]
    [InlineData(RunList.LeftOut, 2, null)]
    [InlineData(RunList.LeftOut, null, null)]
    public void A_number_that_counts_more_than_is_listed_says_so_beside_the_list(string name, int? counted, string? told)
    {
        ListedRow[] two = [Row("a", Berget, "Berget"), Row("b", Berget, "Berget")];

        var page = Page(name == RunList.Findings ? two : [.. two, Row("b", Dalen, "Dalen")], name, counted);

        Assert.Equal(told is not null, page.Contains("The number on the run's page", StringComparison.Ordinal));
        Assert.Contains(told ?? "rows", page);
    }

    [Fact]
    public void A_plan_of_which_nothing_waits_has_no_column_for_it()
    {
        var plan = SampleRun.Plan with { Ceiling = [], Holds = [] };

        Assert.Contains(">Waits</th>", PlanView.Of(Words(), HashedPlan.Of(SampleRun.Plan), SampleRun.Held.Feeds[0], new SeenFeed(null, null)).ToString());
        Assert.DoesNotContain(">Waits</th>", PlanView.Of(Words(), HashedPlan.Of(plan), SampleRun.Held.Feeds[0], new SeenFeed(null, null)).ToString());
    }

    [Fact]
    public void Groups_are_told_by_name_and_those_without_one_together_behind_them()
    {
        var names = NamedSchools.None.With(new Dictionary<string, string> { [Berget] = "7A", [Dalen] = "" });

        var page = Changes(Language.Swedish, names, $"sections: gone from {Nameless}", $"sections: gone from {Berget}", $"sections: gone from {Dalen}", $"sections: new in {Berget}");

        Assert.Equal(["grupper: inte längre i 7A", "grupper: ny i 7A", "grupper: inte längre i 2 utan namn här: 34bec5f2…, 0a1c2d9e…"], page);
    }

    [Theory]
    [InlineData("sv", "feeds.apple: guard.staying went from false to true", "apple, gäller nu: Målsystemet behåller personen, fast personen saknas i nattens underlag guard.staying")]
    [InlineData("sv", "person.abroad went from failing to passing", "Gäller inte längre: Personen bor utomlands person.abroad")]
    [InlineData("sv", "placement.unit: unit went from eligible to unit.dates",
        "inskrivning: skolenhet ändrades från förs över till ”Skolenheten har inte startat, eller är avslutad”")]
    [InlineData("da", "placement.dates: endDate went from 2026-12-20 to 2026-11-29", "indskrivning: slutdato blev ændret fra 20.12.2026 til 29.11.2026")]
    [InlineData("en", "person.abroad went from passing to failing", "Now: The person lives abroad person.abroad")]
    public void What_has_changed_is_told_by_what_codes_mean(string code, string change, string told) => Assert.Equal([told], Changes(Language.Of(code), NamedSchools.None, change));

    [Theory]
    [InlineData("students", "elev")]
    [InlineData("staff", "personal")]
    [InlineData("memberships", "gruppmedlemskap")]
    [InlineData("replay", "en körning beräknad på nytt")]
    [InlineData("retention", "gallring")]
    [InlineData(Nameless, "34bec5f2…")]
    [InlineData("placement.dates", "placement.dates")]
    public void What_somebody_wanted_is_told_in_words(string wish, string told) => Assert.Equal(told, Words(Language.Swedish).OfWish(wish));

    /// <summary>As lines, without marks.</summary>
    private static IEnumerable<string> Changes(Language language, NamedSchools names, params string[] changes) =>
        Regex.Matches(WebUtility.HtmlDecode(ChangesView.Of(Words(language).Naming(names), changes).ToString()), "<li><span>(.*?)</span></li>")
            .Select(line => Regex.Replace(line.Groups[1].Value, "<[^>]+>", ""));

    private static string Page(IReadOnlyList<ListedRow> rows, string list = RunList.LeftOut, int? counted = null) => WebUtility.HtmlDecode(ListView.Of(
        Words(), SampleRun.Status(SampleRun.Held), new RunList("nordhamn", SampleRun.Held.Run, list, rows), new ListQuery(null, null, null, null, WithNames: false, 1), code => code,
        new ListReader(MayReadNames: false, MayFindProtected: false), counted).ToString());

    private static ListedRow Row(string id, string school, string? name) => new("placement.dates", "student", id, null, school, name);

    private static Wording Words(Language? language = null) => new(language ?? Language.English, Registered.Services.GetRequiredService<CodeSentences>(), "/");
}
