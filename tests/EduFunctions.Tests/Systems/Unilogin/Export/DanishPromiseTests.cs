using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;
using static EduFunctions.Tests.Systems.Unilogin.Export.DanishNight;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

/// <summary>What the product promises, with a Danish tenant.</summary>
[Collection(SourceTests.Name)]
public sealed class DanishPromiseTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(7, ExportPackage.Fuld)]
    [InlineData(6, ExportPackage.FuldMyndighed)]
    public async Task Five_thousand_persons_come_through_and_no_protected_one(int version, ExportPackage package)
    {
        var schools = new DanishWorld(seed: 11, persons: 5000, ["999001", "999002", "A99003"], schoolYear: 2026).Institutions;

        var night = await azurite.Danish(new ExportFormat(version, package), schools).RunAsync();

        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
        Assert.True(night.Run.Counts!.Students > 1500, $"{night.Run.Counts}");
        var told = string.Concat((await night.AppleAsync()).Files.Values) + string.Concat(night.LogLines) + Encoding.UTF8.GetString(await night.StoredAsync("runs"));
        var words = told.Split([',', '\n', '"', ' ', '.', '|', ':'], StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        var hidden = Everybody(schools).Where(person => person.Protected == "true").ToList();
        Assert.True(hidden.Count > 50);
        Assert.All(hidden, person => Assert.DoesNotContain(person.UserId!, words));
        Assert.All(hidden, person => Assert.DoesNotContain(person.CivicNumber!, words));
    }

    [Fact]
    public async Task Both_feeds_look_as_they_did()
    {
        var schools = new DanishWorld(seed: 5, persons: 60, ["999001", "A99002"], schoolYear: 2026).Institutions;

        var apple = await azurite.Danish(schools).Dry().RunAsync();
        var learn = await ToLearn(schools).Dry().RunAsync();

        foreach (var (name, text) in (await apple.AppleAsync()).Files)
        {
            Assert.Equal(GoldenFiles.Expected($"tests/EduFunctions.Tests/Systems/Unilogin/Export/Golden/{name}", text), text);
        }

        foreach (var name in learn.Run.Feeds[0].Files.Select(file => file.Name))
        {
            var text = await learn.FileAsync(name);
            Assert.Equal(GoldenFiles.Expected($"tests/EduFunctions.Tests/Systems/Unilogin/Export/Golden/{name}", text), text);
        }

        Assert.Equal(4, learn.Run.Feeds[0].Files.Count);
    }

    [Fact]
    public async Task Learns_login_name_must_be_one_that_Danes_have()
    {
        var night = await azurite.Danish(School()).With("feeds", new JsonArray(Learn([]))).Dry().RunAsync();

        Assert.Contains("$.feeds[0].settings.userId", night.Run.StateReason);
    }

    [Fact]
    public async Task Keys_of_other_registers_are_named()
    {
        var night = await azurite.Danish(School()).With("eligibility.municipalities", new JsonArray("0999")).Dry().RunAsync();

        Assert.Contains("$.eligibility.municipalities", night.Run.StateReason);
        Assert.Contains("educloud only", night.Run.StateReason);
    }

    [Fact]
    public async Task Another_process_explains_a_person_and_groups_with_long_ids()
    {
        var school = School();
        school.Groups.Add(new DanishGroup("HOLD-MATEMATIK-7", "Hold"));
        school.Members.Add(new DanishMember(Person("idap0001")) { Student = new DanishStudent("7", "7A") { Groups = ["HOLD-MATEMATIK-7"] } });
        school.Members.Add(Pupil("bruger-med-meget-langt-id"));
        var night = await azurite.Danish(school).Dry().RunAsync();

        var told = await ExplainAsync(night, "idap0001");
        var longTold = await ExplainAsync(night, "bruger-med-meget-langt-id");
        var unknown = await ExplainAsync(night, "bruger-med-meget-langt-id-som-ingen-har");

        Assert.Equal(["999001-7A", "999001-HOLD-MATEMATIK-7"], JsonNode.Parse(told.Output)!["sections"]!.AsArray().Select(section => (string)section!));
        Assert.Equal("bruger-med-meget-langt-id", (string)JsonNode.Parse(longTold.Output)!["person"]!);
        Assert.Equal(2, unknown.ExitCode);
    }

    [Fact]
    public async Task Many_removals_wait_and_an_empty_or_shrunken_institution_holds_the_night()
    {
        var tenant = $"t{Guid.NewGuid():n}";
        Assert.Equal(RunState.Delivered, (await azurite.Danish(Town(30), School("999002")).As(tenant).RunAsync()).Run.State);

        var fewer = await azurite.Danish(Town(18), School("999002")).As(tenant).RunAsync();
        var shrunken = await azurite.Danish(Town(5), School("999002")).As(tenant).RunAsync();
        var empty = await azurite.Danish(new DanishInstitution("999001", "Tom"), School("999002")).As(tenant).RunAsync();

        Assert.Equal(RunState.Held, fewer.Run.State);
        Assert.Contains((await fewer.PlanAsync()).Plan.Holds, hold => hold.ToString()!.Contains("999001", StringComparison.Ordinal));
        Assert.Equal(30, (await fewer.AppleAsync()).Rows("students.csv").Count);
        Assert.Contains("999001 has 6 rows", shrunken.Run.StateReason);
        Assert.Contains("999001 has 0 rows", empty.Run.StateReason);
    }

    [Fact]
    public async Task A_new_institution_without_anybody_is_a_finding()
    {
        var night = await azurite.Danish(School(), new DanishInstitution("999002", "Ny")).Dry().RunAsync();

        Assert.Equal(RunState.DryRun, night.Run.State);
        Assert.Equal(["999002"], night.Run.Findings!.Single(finding => finding.Code == "institution.empty").Sample);
    }

    [Fact]
    public async Task A_protected_student_may_go_by_an_alias_beside_ids_that_are_texts()
    {
        var school = School();
        school.Members.Add(Pupil("elev0001"));
        school.Members.Add(Pupil(Person("elev0002") with { Protected = "true", AliasFirstName = "Dæk", AliasFamilyName = "Navn" }));
        school.Members.Add(Pupil("0000elev"));

        var night = await azurite.Danish(school)
            .WithApple("pseudonymise", new JsonObject
            {
                ["givenName"] = "Elev",
                ["familyName"] = "Skjult",
                ["secret"] = new JsonObject { ["secret"] = "alias" },
            })
            .Setting("Secrets:alias", "a secret that is long enough for anybody")
            .RunAsync();

        Assert.True(night.Run.State == RunState.Delivered, night.Run.StateReason);
        var zip = await night.AppleAsync();
        Assert.Contains(zip.Rows("students.csv"), row => row["last_name"].StartsWith("Skjult ", StringComparison.Ordinal) && Guid.TryParse(row["person_id"], out _));
        Assert.Equal(3, zip.Column("students.csv", "person_id").Count);
        Assert.DoesNotContain("elev0002", zip.Files["students.csv"]);
    }

    private static DanishInstitution Town(int pupils)
    {
        var school = School();
        school.Members.AddRange(Enumerable.Range(0, pupils).Select(pupil => Pupil($"elev{pupil:0000}")));
        return school;
    }

    private Night ToLearn(IEnumerable<DanishInstitution> schools) => azurite.Danish(schools)
        .With("feeds", new JsonArray(Learn(new JsonObject { ["userId"] = "id", ["observers"] = true })));

    private static JsonObject Learn(JsonObject settings)
    {
        var feed = TenantJson.FeedOf("blackboard", settings);
        feed["delivery"] = new JsonObject
        {
            ["type"] = "blackboard",
            ["baseUrl"] = "https://learn.example/webapps/bb-data-integration-flatfile-BBLEARN/endpoint",
            ["username"] = "demo",
            ["password"] = new JsonObject { ["secret"] = TenantJson.DropBoxSecret },
        };
        return feed;
    }

    private Task<Ended> ExplainAsync(NightResult night, string person) => LocalHostProcess.RunAsync(
        new Dictionary<string, string>(), Path.GetTempPath(),
        "explain", "--tenant", night.Run.Tenant, "--person", person, "--storage", azurite.ConnectionString);

    private static IEnumerable<DanishPerson> Everybody(IEnumerable<DanishInstitution> schools) =>
        from school in schools
        from member in school.Members
        from person in (DanishPerson[])[member.Person!, .. member.Student?.Contacts.Select(contact => contact.Person) ?? []]
        where person.UserId is not null
        select person;
}
