using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Logins;

[Collection(SourceTests.Name)]
public sealed class ServedLoginTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_login_is_looked_up_over_HTTP()
    {
        await using var logins = await LoginTown.StartAsync(azurite, version: 7);
        await using var town = await Town.StartAsync(azurite);
        town.File["source"] = logins.File["source"]!.DeepClone();
        town.File["logins"] = logins.File["logins"]!.DeepClone();
        foreach (var (name, value) in logins.Secrets)
        {
            town.Environment[$"Secrets__{name.Replace('-', '_')}"] = value;
        }

        await using var serving = await Serving.Serving.StartAsync(town);
        using var without = await serving.Http.PostAsync($"/api/tenants/{town.Id}/logins", null);
        serving.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", logins.Broker.Login(Worlds.Ida));
        using var with = await serving.Http.PostAsync($"/api/tenants/{town.Id}/logins", JsonContent.Create(new { groupSizes = true }));

        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (without.StatusCode, without.Content.Headers.ContentType!.MediaType));
        Assert.Equal("Bearer", Assert.Single(without.Headers.WwwAuthenticate).Scheme);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (with.StatusCode, with.Content.Headers.ContentType!.MediaType));
        Assert.Equal(2, (int)(await with.Content.ReadFromJsonAsync<JsonNode>())!["units"]![0]!["groups"]![0]!["size"]!);
    }
}
