using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Scim;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

[Collection(CommandTests.Name)]
public sealed class DriftCommandTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_script_learns_whether_a_target_is_as_it_was_left()
    {
        await using var server = await ScimReceiver.StartAsync();
        await using var town = await Town.StartAsync(azurite, new RestlessTown(new Random(9)).Write().Data);
        town.File["feeds"] = new JsonArray(new JsonObject
        {
            ["name"] = "scim",
            ["type"] = "scim",
            ["delivery"] = new JsonObject { ["type"] = "scim", ["baseUrl"] = server.BaseUrl, ["token"] = new JsonObject { ["secret"] = "scim" } },
        });
        town.Environment["Secrets__scim"] = ScimReceiver.Token;
        var code = await town.PassAsync();
        var gone = (await server.StateAsync()).Users.Single(user => (string?)user["externalId"] == Ids.Of("pupil3x"));
        await server.SendAsync(HttpMethod.Delete, $"Users/{gone["id"]}");

        var drift = await town.CommandAsync("drift", "--tenant", town.Id, "--feed", "scim");

        var missing = JsonNode.Parse(drift.Output)!["drift"]!.AsArray().Single(each => (string?)each!["what"] == "missing")!;
        Assert.Equal((0, 1), (code, drift.ExitCode));
        Assert.Equal(("Users", 1, Ids.Of("pupil3x")), ((string?)missing["kind"], (int?)missing["count"], (string?)missing["sample"]!.AsArray().Single()));
    }
}
