using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.UniloginImport;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

/// <summary>What the settings change, and what is left out for want of them.</summary>
[Collection(TargetTests.Name)]
public sealed class ImportSettingsTests(AzuriteFixture azurite)
{
    public static TheoryData<string, string, string> Contradictions => new()
    {
        { "feeds", """{ "institutions": { "north": "123" } }""", "settings.institutions.north (line 1): must be six letters and digits, not \"123\"" },
        { "feeds", """{ "groupTypes": { "Klass": "Klasse" } }""", "settings.groupTypes.Klass (line 1): must be one of Hovedgruppe, Årgang" },
        { "feeds", """{ "levels": { "GY:1": "1g" } }""", "settings.levels.GY:1 (line 1): must be one of DT, 0, 1" },
        { "feeds", """{ "staffRoles": { "Rektor": "Chef" } }""", "settings.staffRoles.Rektor (line 1): must be one of Lærer" },
        { "feeds", """{ "namespace": null }""", "settings.namespace (line 1): is missing" },
        { "privacy", """{ "includeCivicNumber": false }""", "settings.localPersonId (line 1): is bound to a CPR number" },
        { "delivery", """{ "username": null }""", "delivery.username (line 1): and password are needed for version 7" },
        { "delivery", """{ "namespace": null }""", "delivery.namespace (line 1): is missing; the WSDL of version 7 names it" },
        { "delivery", """{ "endpoint": "https://brugerdatabasen.stil.dk/bpi/wsaimport/8" }""", "delivery.endpoint (line 1): is an address of version 8" },
        { "delivery", """{ "providerSystemId": "AB000000" }""", "delivery.certificate (line 1): goes with version 8" },
        { "delivery", """{ "version": 8 }""", "delivery.username (line 1): goes with version 7" },
        { "delivery", """{ "version": 8 }""", "delivery.certificate (line 1): is missing: version 8 is signed" },
        { "delivery", """{ "version": 8, "endpoint": "https://wsaimport.unilogin.dk/wsaimport-v7/ws" }""", "delivery.endpoint (line 1): is an address of an earlier" },
        { "delivery", """{ "version": 8, "document": "text" }""", "delivery.document (line 1): goes with version 7" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public async Task What_the_service_could_not_take_is_refused_beforehand(string part, string json, string message)
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service);
        var night = nights.Next(DanishSchool.With("alva"));
        var changes = (JsonObject)JsonNode.Parse(json)!;
        foreach (var (key, value) in changes)
        {
            _ = part == "feeds" ? night.WithApple(key, value?.DeepClone())
                : part == "delivery" ? night.WithDelivery(key, value?.DeepClone())
                : night.With($"{part}.{key}", value?.DeepClone());
        }

        var refused = await night.RunAsync();

        Assert.Equal(RunState.Failed, refused.Run.State);
        Assert.Contains(message, refused.Run.StateReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Units_levels_and_roles_are_mapped_by_the_settings()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service)
        {
            Settings =
            {
                ["institutions"] = new JsonObject { ["12345678"] = "B00001" },
                ["levels"] = new JsonObject { ["GR:7"] = "8" },
                ["staffRoles"] = new JsonObject { ["Rektor"] = "TAP" },
            },
        };
        var school = new DanishSchool();
        school.Unit("gymnasium", "12345678");
        school.Unit("annex", "B00001");
        school.Unit("unknown", "87654321");
        school.Class("7a", "annex", "alva");
        school.Builder.Data[Collections.Groups][^1]["displayName"] = new string('å', 51);
        school.Pupil("gry", "gymnasium")["enrolments"] = new JsonArray(school.Builder.Enrolment("gymnasium", 2, "GY"));
        school.Builder.Group("2x", "gymnasium", "Klass", "gry");
        school.Class("9z", "unknown", "ulf");
        school.Employee("ines", "annex", "Rektor");
        school.Pupil("solo", "annex");
        school.Employee("vik", "annex", "Praktikant");

        var night = await nights.NextAsync(school);

        Assert.Equal(RunState.Delivered, night.Run.State);
        nights.AssertHolds("B00001", "alva", "gry", "ines", "vik");
        Assert.Equal(("8", "Elev"), LevelAndRole("alva"));
        Assert.Equal(("U2", "Studerende"), LevelAndRole("gry"));
        Assert.Equal(("", "TAP"), LevelAndRole("ines"));
        Assert.Equal("Extern", nights.Person("B00001", "vik").Kind);
        var codes = night.Run.Findings.Select(finding => finding.Code).ToList();
        Assert.Contains("uniloginImport.institutionMissing", codes);
        Assert.Contains("uniloginImport.mainGroupMissing", codes);
        Assert.Contains("uniloginImport.groupNameTooLong", codes);
        Assert.Equal("", service["B00001"].Groups[nights.Person("B00001", "alva").MainGroup].Name);

        (string Level, string Roles) LevelAndRole(string label) => nights.Person("B00001", label) is var person ? (person.Level, person.Roles) : default;
    }

    [Fact]
    public async Task A_register_s_own_number_of_a_person_can_be_the_local_id()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Settings = { ["localPersonId"] = "externalIdentifier:IST" } };
        var school = DanishSchool.With("alva", "bo", "cleo", "dag");
        foreach (var (label, number) in new[] { ("alva", "E-1"), ("bo", "E-2"), ("cleo", "E-2") })
        {
            school.Person(label)["externalIdentifiers"] = new JsonArray(new JsonObject { ["value"] = number, ["context"] = "IST" });
        }

        var night = await nights.NextAsync(school);

        Assert.Equal(["E-1", "E-2"], service[DanishSchool.North].LocalIds);
        Assert.Equal(
            ["uniloginImport.localIdMissing", "uniloginImport.localIdTaken"],
            night.Run.Findings.Select(finding => finding.Code).Where(code => code.StartsWith("uniloginImport.localId", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Whoever_was_imported_under_a_local_id_keeps_it()
    {
        await using var service = await ImportServer.StartAsync();
        var nights = new ImportNights(azurite, service) { Settings = { ["localPersonId"] = "externalIdentifier:IST" } };
        string[] labels = [.. new[] { "alva", "bo", "cleo" }.OrderByDescending(Ids.Of)];
        await nights.NextAsync(Numbered(labels[0]));
        var first = service[DanishSchool.North].Persons["E-1"];

        var night = await nights.NextAsync(Numbered(labels));
        var again = await nights.NextAsync(Numbered(labels));

        Assert.Equal(first, service[DanishSchool.North].Persons["E-1"]);
        Assert.All([night, again], told => Assert.Contains(told.Run.Findings, finding => finding is { Code: "uniloginImport.localIdTaken", Count: 2 }));

        static DanishSchool Numbered(params string[] labels)
        {
            var school = DanishSchool.With(labels);
            foreach (var label in labels)
            {
                school.Person(label)["externalIdentifiers"] = new JsonArray(new JsonObject { ["value"] = "E-1", ["context"] = "IST" });
            }

            return school;
        }
    }
}
