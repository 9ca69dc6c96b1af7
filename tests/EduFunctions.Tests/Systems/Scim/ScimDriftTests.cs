using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Scim;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Scim;

[Collection(TargetTests.Name)]
public sealed class ScimDriftTests(AzuriteFixture azurite)
{
    private readonly RestlessTown _town = new(new Random(7));

    [Fact]
    public async Task What_somebody_has_changed_at_the_server_is_told_and_left_as_it_is()
    {
        await using var server = await ScimReceiver.StartAsync();
        var nights = new ScimNights(azurite, server);
        var school = _town.Write();
        await nights.NextAsync(school);
        var clean = await nights.Next(school.Data).DriftAsync(ScimNights.Feed);
        await MeddleAsync(server);
        var changes = (await server.StateAsync()).Journal.Count;

        var result = await nights.Next(school.Data).DriftAsync(ScimNights.Feed);

        Assert.Null(clean.Refusal);
        Assert.Empty(clean.Drift);
        Assert.Equal(changes, (await server.StateAsync()).Journal.Count);
        Assert.Equal(
        [
            "Groups members missing 1", "Groups members that are not ours 1", "Users another active 1", "Users another displayName 1", "Users in use and not ours 1", "Users missing 1",
        ], result.Drift.Select(drift => $"{drift.Kind} {drift.What} {drift.Count}"));
        Assert.Equal([Ids.Of("pupil2x")], result.Drift.Single(drift => drift.What == "missing").Sample);
        Assert.Empty(result.Drift.Single(drift => drift.What == "in use and not ours").Sample);
    }

    [Fact]
    public async Task A_target_that_cannot_be_read_is_said_to_be_one()
    {
        var night = azurite.Night(_town.Write());
        var before = await night.DriftAsync(TenantJson.Feed);
        await night.RunAsync();

        var result = await night.DriftAsync(TenantJson.Feed);

        Assert.Contains("was never delivered", before.Refusal);
        Assert.Contains("cannot be read", result.Refusal);
    }

    /// <summary>One is renamed and let rest, one deleted, a member put out and a stranger put in.</summary>
    private static async Task MeddleAsync(ScimReceiver server)
    {
        var state = await server.StateAsync();
        var (first, second) = (IdOf(state, "pupil1x"), IdOf(state, "pupil2x"));
        await PatchAsync(
            server, $"Users/{first}", new JsonObject { ["op"] = "replace", ["path"] = "displayName", ["value"] = "Somebody" },
            new JsonObject { ["op"] = "replace", ["path"] = "active", ["value"] = false });
        await server.SendAsync(HttpMethod.Post, "Users", new() { ["schemas"] = new JsonArray("urn:ietf:params:scim:schemas:core:2.0:User"), ["userName"] = "stranger" });
        var stranger = (string)(await server.StateAsync()).Users.Single(user => (string?)user["userName"] == "stranger")["id"]!;
        await PatchAsync(
            server, $"Groups/{(string)state.Groups.First(group => (string?)group["displayName"] == "North-7")["id"]!}",
            new JsonObject { ["op"] = "remove", ["path"] = $"members[value eq \"{first}\"]" },
            new JsonObject { ["op"] = "add", ["path"] = "members", ["value"] = new JsonArray(new JsonObject { ["value"] = stranger }) });
        await server.SendAsync(HttpMethod.Delete, $"Users/{second}");
    }

    private static string IdOf(ScimState state, string label) => (string)state.Users.Single(user => (string?)user["externalId"] == Ids.Of(label))["id"]!;

    private static Task<System.Net.HttpStatusCode> PatchAsync(ScimReceiver server, string path, params JsonNode[] operations) => server.SendAsync(
        HttpMethod.Patch, path, new() { ["schemas"] = new JsonArray("urn:ietf:params:scim:api:messages:2.0:PatchOp"), ["Operations"] = new JsonArray(operations) });
}
