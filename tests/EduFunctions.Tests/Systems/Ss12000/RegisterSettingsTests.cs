using System.Text.Json.Nodes;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>Settings of a register that contradict each other are named.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RegisterSettingsTests
{
    [Theory]
    [InlineData("""{}""", "$.source.clientCredentials", "bearer, apiKey or certificate")]
    [InlineData("""{ "bearer": { "secret": "test-educloud" }, "apiKey": { "value": { "secret": "test-educloud" } } }""", "$.source.clientCredentials", "takes one")]
    [InlineData("""{ "bearer": { "secret": "test-educloud" }, "without": ["persons"] }""", "$.source.without[0]", "syllabuses")]
    [InlineData("""{ "bearer": { "secret": "test-educloud" }, "schoolUnitCodeFrom": ["code"] }""", "$.source.schoolUnitCodeFrom[0]", "organisationCode")]
    [InlineData("""{ "bearer": { "secret": "test-educloud" }, "paging": "cursor" }""", "$.source.paging", "offset")]
    [InlineData("""{ "bearer": { "secret": "test-educloud" }, "noMarking": ["None", "Skyddad identitet"] }""", "$.source.noMarking[1]", "word of protection")]
    [InlineData("""{ "bearer": { "secret": "test-educloud" }, "noMarking": ["None", "1"] }""", "$.source.noMarking[1]", "says yes")]
    [InlineData("""{ "bearer": { "secret": "test-educloud" }, "noMarking": ["J"] }""", "$.source.noMarking[0]", "says yes")]
    [InlineData("""{ "bearer": { "secret": "test-educloud" }, "noMarking": ["S"] }""", "$.source.noMarking[0]", "says yes")]
    [InlineData("""{ "bearer": { "secret": "test-educloud" }, "noMarking": ["Kod 6"], "protectionWords": ["kod 6"] }""", "$.source.noMarking[0]", "stands in protectionWords too")]
    [InlineData("""{ "bearer": { "secret": "test-educloud" }, "protectionWords": ["Kod 6", "Ingen"] }""", "$.source.protectionWords[1]", "says no")]
    [InlineData("""{ "certificate": { "secret": "test-educloud" } }""", "$.source.certificate", "cannot be used")]
    public async Task What_is_wrong_is_named(string settings, string path, string cause)
    {
        var tenant = PaperNight.Tenant();
        var source = JsonNode.Parse(settings)!.AsObject();
        (source["type"], source["baseUrl"]) = ("ss12000", "https://register.example/v2.0");
        tenant["source"] = source;

        Assert.Contains(await PaperNight.TenantErrorsAsync(tenant), error => error.Path == path && error.Cause.Contains(cause));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Files_cannot_say_what_has_changed(bool changes)
    {
        var tenant = PaperNight.Tenant();
        tenant["source"] = new JsonObject { ["type"] = "oneRosterCsv", ["path"] = "/files", ["changes"] = changes };

        var errors = await PaperNight.TenantErrorsAsync(tenant);

        Assert.Equal(changes, errors.Any(error => error.Path == "$.source.changes" && error.Cause.Contains("no sync --changed")));
    }
}
