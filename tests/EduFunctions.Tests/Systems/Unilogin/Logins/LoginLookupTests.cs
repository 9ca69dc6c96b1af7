using System.Text.Json.Nodes;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Logins;

[Collection(SourceTests.Name)]
public sealed class LoginLookupTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    public async Task A_pupil_is_shown_with_institution_roles_and_groups(int version)
    {
        await using var town = await LoginTown.StartAsync(azurite, version);

        var body = (await town.AskAsync(town.Broker.Login(Worlds.Ida))).Body;

        var expected = JsonNode.Parse($$"""
            {
              "tenant": "{{town.Id}}",
              "person": { "id": "idap0001", "name": "Ida Prøve" },
              "restricted": false,
              "units": [{
                "id": "999001", "name": "Nordskolen", "type": "Folkeskoler", "municipalityCode": "999",
                "roles": [{ "role": "student", "titles": ["Elev"], "schoolYear": "7" }],
                "groups": [
                  { "id": "999001-H-7A", "name": "7.A", "groupType": "Klass", "startDate": null, "endDate": null, "size": null },
                  { "id": "999001-HOLD-MAT7", "name": "Matematik 7", "groupType": "Undervisning", "startDate": null, "endDate": null, "size": null },
                  { "id": "999001-SFO-1", "name": "Skovsneglen", "groupType": "SFO", "startDate": null, "endDate": null, "size": null }
                ]
              }],
              "contacts": null, "students": null, "withheld": 0, "civicNumber": null, "civicNumberMatches": null, "since": null
            }
            """);
        Assert.True(JsonNode.DeepEquals(expected, body), body.ToJsonString());
    }

    [Fact]
    public async Task What_changed_since_the_last_roster_is_told()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.World.Groups.AddRange([new(Worlds.North, "H-6A", "6.A", "Hovedgruppe"), new(Worlds.North, "HOLD-KOR", "Kor", "Hold")]);
        var ida = town.World.Move(Worlds.Ida, user => user with { MainGroup = "H-6A", Groups = ["HOLD-KOR", "HOLD-MAT7"] });
        var run = await town.NightAsync(azurite);

        town.World.Move(Worlds.Ida, _ => ida);
        town.World.Groups.RemoveAll(group => group.Id == "H-6A");
        var since = (await town.AskAsync(town.Broker.Login(Worlds.Ida))).Body["since"]!;

        Assert.Equal(run, (string?)since["run"]);
        Assert.True((bool)since["changed"]!);
        Assert.Equal(["999001-H-7A"], Texts(since["groups"]!["added"]));
        Assert.Equal(["999001-H-6A", "999001-HOLD-KOR"], Texts(since["groups"]!["left"]));
        Assert.Equal(["999001-H-6A"], Texts(since["ended"]));
        Assert.Empty(Texts(since["roles"]!["added"]));
    }

    [Fact]
    public async Task Nothing_has_changed_when_nothing_has()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        await town.NightAsync(azurite);

        foreach (var person in new[] { Worlds.Ida, Worlds.Mia })
        {
            var since = (await town.AskAsync(town.Broker.Login(person))).Body["since"]!;

            Assert.Equal((true, true, false), ((bool)since["known"]!, (bool)since["handedOn"]!, (bool)since["changed"]!));
        }

        Assert.DoesNotContain(town.Lookups.Requests, request => request.Operation == "hentGrupper");
    }

    [Fact]
    public async Task A_new_role_and_a_new_person_are_changes_but_what_a_rule_leaves_out_is_none()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.World.Users.Add(new(Worlds.South, "evag0005", "Eva Gæst", "ekstern", ["Praktikant"]) { Groups = ["H-3B"] });
        await town.NightAsync(azurite);
        town.World.Users.Add(new(Worlds.North, Worlds.Mia, "Mia Prøve", "ansat", ["Vikar"]));
        town.World.Users.Add(new(Worlds.South, "nye00006", "Nye Elev", "elev", ["Elev"], "H-3B", "3"));

        var mia = (await town.AskAsync(town.Broker.Login(Worlds.Mia))).Body["since"]!;
        var newcomer = (await town.AskAsync(town.Broker.Login("nye00006"))).Body["since"]!;
        var eva = (await town.AskAsync(town.Broker.Login("evag0005"))).Body["since"]!;

        Assert.Equal(["999001 staff"], Texts(mia["roles"]!["added"]));
        Assert.Equal((false, true), ((bool)newcomer["known"]!, (bool)newcomer["changed"]!));
        Assert.Equal((true, false, false), ((bool)eva["known"]!, (bool)eva["handedOn"]!, (bool)eva["changed"]!));
    }

    [Fact]
    public async Task Only_groups_that_rosters_hold_are_compared()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.File["eligibility"] = new JsonObject { ["groupTypes"] = new JsonArray("SFO") };
        var ida = town.World.Move(Worlds.Ida, user => user with { Groups = ["HOLD-MAT7"] });
        await town.NightAsync(azurite);

        town.World.Groups.AddRange([new(Worlds.North, "TEAM-1", "Teamet", "Team"), new(Worlds.North, "HOLD-OLD", "Sidste år", "Hold", To: "2026-06-30")]);
        town.World.Move(Worlds.Ida, _ => ida with { Groups = ["HOLD-MAT7", "SFO-1", "TEAM-1", "HOLD-OLD"] });
        var since = (await town.AskAsync(town.Broker.Login(Worlds.Ida))).Body["since"]!;

        Assert.Equal(["999001-SFO-1"], Texts(since["groups"]!["added"]));
    }

    [Fact]
    public async Task Where_else_in_the_country_somebody_belongs_is_neither_shown_nor_asked_about()
    {
        await using var town = await LoginTown.StartAsync(azurite);

        var body = (await town.AskAsync(town.Broker.Login(Worlds.Mia))).Body;

        Assert.Equal([Worlds.North, Worlds.South], body["units"]!.AsArray().Select(unit => (string?)unit!["id"]));
        Assert.Equal(["Lærer", "Leder"], Texts(body["units"]![1]!["roles"]![0]!["titles"]));
        Assert.DoesNotContain(town.Lookups.Requests, request => request.Parameters.Contains(Worlds.Elsewhere));
    }

    [Fact]
    public async Task Who_belongs_nowhere_gets_an_empty_answer()
    {
        await using var town = await LoginTown.StartAsync(azurite);

        var reply = await town.AskAsync(town.Broker.Login("nobody01"), new { contacts = true, groupSizes = true });

        Assert.Equal(200, reply.Status);
        Assert.Empty(reply.Body["units"]!.AsArray());
        Assert.Single(town.Lookups.Requests);
    }

    [Fact]
    public async Task How_many_belong_to_a_group_is_told_and_not_who()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.Lookups.Spoil = (request, answer) =>
        {
            if (request.Parameters is [_, "SFO-1"])
            {
                answer.RemoveNodes();
            }
        };

        var body = (await town.AskAsync(town.Broker.Login(Worlds.Ida), new { groupSizes = true })).Body;

        Assert.Equal([2, 2, null], body["units"]![0]!["groups"]!.AsArray().Select(group => (int?)group!["size"]));
        Assert.DoesNotContain("carl", body.ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_service_that_fails_is_named_with_its_fault_and_without_the_person()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.Unilogin.Habits.Fault = operation => operation == "hentInstBruger" ? "Rettigheder" : null;

        var reply = await town.AskAsync(town.Broker.Login(Worlds.Ida));

        Assert.Equal(502, reply.Status);
        Assert.Contains("wsiinst hentInstBruger", reply.Detail, StringComparison.Ordinal);
        Assert.Contains("Rettigheder", reply.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain(Worlds.Ida, reply.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Spoiling.Digest)]
    [InlineData(Spoiling.Signature)]
    public async Task An_answer_that_proves_nothing_is_not_used(Spoiling spoiling)
    {
        await using var town = await LoginTown.StartAsync(azurite, version: 7);
        town.Unilogin.Habits.Spoils = operation => operation == "hentInstBruger" ? spoiling : Spoiling.Nothing;

        var reply = await town.AskAsync(town.Broker.Login(Worlds.Ida));

        Assert.Equal(502, reply.Status);
        Assert.Contains("wsiinst hentInstBruger", reply.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, "Rettigheder", "Tilslutning")]
    [InlineData(6, "BrugeridEllerPassword", "source.username")]
    [InlineData(7, "Signatur", "certificate in the secret")]
    public async Task A_fault_says_what_to_do(int version, string fault, string remedy)
    {
        await using var town = await LoginTown.StartAsync(azurite, version);
        town.Unilogin.Habits.Fault = _ => fault;

        Assert.Contains(remedy, (await town.AskAsync(town.Broker.Login(Worlds.Ida))).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_in_words()
    {
        await using var town = await LoginTown.StartAsync(azurite);

        Assert.Equal(400, (await town.AskAsync(town.Broker.Login(Worlds.Ida), new { classmates = true })).Status);

        town.File.Remove("logins");
        var reply = await town.AskAsync(town.Broker.Login(Worlds.Ida));
        Assert.Equal(403, reply.Status);
        Assert.Contains("logins", reply.Detail, StringComparison.Ordinal);

    }

    [Fact]
    public async Task A_tenant_that_never_had_a_good_file_is_refused_with_what_is_wrong()
    {
        await using var town = await LoginTown.StartAsync(azurite);
        town.File["logins"] = new JsonObject { ["broker"] = new JsonObject { ["audience"] = "a" }, ["allowCivicNumber"] = true };
        var reply = await town.AskAsync(town.Broker.Login(Worlds.Ida));
        Assert.Equal(422, reply.Status);
        Assert.Contains("$.logins.wsiIdentifikation", reply.Detail, StringComparison.Ordinal);

        town.File["source"] = TenantJson.Make("any")["source"]!.DeepClone();
        Assert.Equal(422, (await town.AskAsync(town.Broker.Login(Worlds.Ida))).Status);
    }

    private static IEnumerable<string?> Texts(JsonNode? array) => array!.AsArray().Select(text => (string?)text);
}
