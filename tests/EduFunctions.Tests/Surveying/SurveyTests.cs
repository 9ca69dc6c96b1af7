using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.LocalHost.Demo;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Surveying;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Surveying;

/// <summary>A look before the first night tells what is there, what the file makes of it and what in the file matches nothing; it leaves nothing behind.</summary>
[Collection(SourceTests.Name)]
public sealed class SurveyTests(AzuriteFixture azurite)
{
    private const string Page = "docs/survey.md";
    private const string Samples = "src/EduFunctions.LocalHost/Demo/tenants";

    [Fact]
    public async Task The_page_shows_the_surveys_of_the_demo_towns()
    {
        var shown = new StringBuilder();
        foreach (var (name, world) in DemoWorlds())
        {
            var tenant = JsonNode.Parse(Repository.Text($"{Samples}/{name}.json"), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!.AsObject();
            DemoValues.FillIn(tenant);
            var (_, text) = await OfAsync(new SchoolWorld(world), tenant);
            shown.Append($"\n## {char.ToUpperInvariant(name[0])}{name[1..]}\n\n```\n{text}```\n");
        }

        var page = Repository.Text(Page);
        var whole = page[..page.IndexOf("\n## Nordhamn", StringComparison.Ordinal)] + shown;
        Assert.Equal(GoldenFiles.Expected(Page, whole), whole);
    }

    [Fact]
    public async Task Settings_that_match_nothing_are_told_with_what_there_is()
    {
        var tenant = Tenant();
        tenant["eligibility"] = new JsonObject
        {
            ["schoolTypes"] = new JsonArray("Grundskola"),
            ["municipalities"] = new JsonArray("0198", "0199"),
            ["selection"] = new JsonObject { ["units"] = new JsonArray(Ids.Of("north"), "99990009") },
        };
        tenant["feeds"]![0]!["settings"] = new JsonObject { ["groupTypes"] = new JsonArray("Klass", "Undervisnig") };
        tenant["feeds"]![0]!["schools"] = new JsonArray(Ids.Of("north"), "99990008");

        var (survey, text) = await OfAsync(PlainTown.Make().Data, tenant);

        Assert.Equal(
            ["$.eligibility.municipalities[0]", "$.eligibility.schoolTypes[0]", "$.eligibility.selection.units[1]", "$.feeds[0].schools[1]", "$.feeds[0].settings.groupTypes[1]"],
            survey.Unmatched.Select(unmatched => unmatched.Path).Order(StringComparer.Ordinal));
        Assert.Contains("\"Grundskola\" matches nothing; there are", text);
        Assert.Contains("$.feeds[0].schools[1]: \"99990008\" matches nothing there is", text);
        Assert.Contains("GR", text);
    }

    [Fact]
    public async Task What_a_feed_would_have_is_counted_and_why_it_has_not_the_rest()
    {
        var school = PlainTown.Make();
        school.Student("late", "north")["enrolments"]![0]!["startDate"] = school.Day(100);

        var (survey, _) = await OfAsync(school.Data, Tenant());

        Assert.Equal(36, survey.Feeds.Single().Persons);
        Assert.Equal(1, survey.LeftOut["placement.dates"]);
        Assert.Equal(43, survey.Collections["persons"]);
        Assert.Null(survey.Held);
    }

    [Fact]
    public async Task What_would_hold_the_night_is_told_beside_the_counts()
    {
        var school = PlainTown.Make();
        foreach (var person in school.Data[Collections.Persons])
        {
            person.Remove("securityMarking");
        }

        var (survey, text) = await OfAsync(school.Data, Tenant());

        Assert.Contains("security marking", survey.Held);
        Assert.Equal(6, survey.Values["GroupTypes"]["Klass"]);
        Assert.Contains("The night would be held", text);
    }

    [Fact]
    public async Task Nobody_is_in_it_and_nothing_is_left_behind()
    {
        var tenant = Tenant();

        var (_, text) = await OfAsync(PlainTown.Make().Data, tenant);

        Assert.DoesNotContain("Provhed", text);
        Assert.DoesNotContain("@", text);
        await foreach (var blob in azurite.Blobs.ListAsync(Containers.Snapshots, $"{tenant["id"]}/", CancellationToken.None))
        {
            Assert.Fail($"{blob.Name} is left.");
        }
    }

    /// <summary>Also of somebody whom the register does not hand out any more.</summary>
    [Fact]
    public async Task A_word_that_names_somebody_remembered_is_counted_and_not_shown()
    {
        var (school, tenant) = (PlainTown.Make(), Tenant());
        var hidden = school.Student("hidden", "north");
        (hidden["givenName"], hidden["familyName"], hidden["securityMarking"]) = ("Zqalva", "Zqberglund", "Sekretessmarkering");
        await azurite.Night(school).As((string)tenant["id"]!).RunAsync();
        var now = PlainTown.Make();
        now.Group("telling", "north", "Stöd Zqberglund,Zqalva", "north-7-1");

        var (survey, text) = await OfAsync(now.Data, tenant);

        Assert.DoesNotContain("Zqalva", text);
        Assert.Equal(1, survey.Values["GroupTypes"]["(names a protected person)"]);
    }

    /// <summary>The pull marks nobody any more, and what is wrong with the record is told all the same.</summary>
    [Fact]
    public async Task A_finding_on_somebody_remembered_is_counted_without_the_id()
    {
        var (school, tenant) = (PlainTown.Make(), Tenant());
        school.Student("hidden", "north")["securityMarking"] = "Sekretessmarkering";
        await azurite.Night(school).As((string)tenant["id"]!).RunAsync();
        var now = PlainTown.Make();
        foreach (var pupil in new[] { now.Student("hidden", "north"), now.Student("shown", "north") })
        {
            pupil["enrolments"]![0]!["endDate"] = "2026-02-30";
        }

        var (survey, _) = await OfAsync(now.Data, tenant);

        Assert.Equal([Ids.Of("shown")], survey.Findings.Where(finding => finding.Count == 2).SelectMany(finding => finding.Sample).Distinct());
    }

    private static JsonObject Tenant() => TenantJson.Make($"t{Guid.NewGuid():n}");

    private static IEnumerable<(string Name, WorldOptions World)> DemoWorlds() =>
    [
        ("nordhamn", new WorldOptions { Today = Night.Today, Seed = 1, Persons = 6000 }),
        ("vikdalen", new WorldOptions { Today = Night.Today, Seed = 2, Persons = 1500, EmailDomain = "vikdalen.example", ExtensFlags = true }),
        ("solberga", new WorldOptions { Today = Night.Today, Seed = 3, Persons = 400, EmailDomain = "solberga.example" }),
    ];

    private async Task<(Survey Survey, string Text)> OfAsync(ISchoolData school, JsonObject file)
    {
        await using var register = await EduCloudServer.StartAsync(school);
        file.PointAt(register);
        await using var services = Services(file, register);
        var reading = await services.GetRequiredService<TenantReader>().ReadAsync(Encoding.UTF8.GetBytes(file.ToJsonString()), CancellationToken.None);
        var tenant = reading.Tenant ?? throw new InvalidOperationException(string.Join('\n', reading.Errors));
        var survey = await services.GetRequiredService<Surveyor>().RunAsync(tenant, Night.Today, CancellationToken.None);
        return (survey, services.GetRequiredService<SurveyText>().Of(survey));
    }

    private ServiceProvider Services(JsonObject file, EduCloudServer register)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("AzureWebJobsStorage", azurite.ConnectionString), .. SecretsOf(file, register).DistinctBy(secret => secret.Key)])
            .Build();
        return new ServiceCollection().AddLogging().AddRosterPipeline(configuration).BuildServiceProvider();
    }

    /// <summary>Only that of the source is ever shown to anybody.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> SecretsOf(JsonNode file, EduCloudServer register) =>
        file is JsonObject { Count: 1 } only && only["secret"] is { } name ? [new($"Secrets:{name}", register.ClientSecret)]
        : file is JsonObject all ? all.Where(entry => entry.Value is not null).SelectMany(entry => SecretsOf(entry.Value!, register))
        : file is JsonArray list ? list.SelectMany(item => SecretsOf(item!, register))
        : [];
}
