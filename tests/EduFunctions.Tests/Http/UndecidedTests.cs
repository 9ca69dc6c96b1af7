using System.Net;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>Of a tenant on whose people nobody has decided yet nothing sounds as though somebody were not in the register.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class UndecidedTests
{
    private const string Somebody = "6f7e17ea-fc67-5fec-98c2-19b32e17f96c";

    [Theory]
    [InlineData("person", "Vilda")]
    [InlineData("person", Somebody)]
    [InlineData("history", Somebody)]
    public async Task Before_the_first_night_the_page_says_that_there_was_none_and_what_to_do(string page, string asked)
    {
        await using var tenants = await TenantsInMemory.OfAsync("asby");

        var told = await PageAsync(tenants, "POST", $"/tenants/asby/{page}", $"person={asked}");

        Assert.Contains("No night has been decided yet", told);
        Assert.Contains("Ask again after the first night", told);
        Assert.DoesNotContain("Nobody is found", told);
    }

    [Fact]
    public async Task After_a_night_that_came_to_nothing_the_page_leads_to_it()
    {
        await using var tenants = await TenantsInMemory.OfAsync("asby");
        var run = await FailAsync(tenants);

        var told = await PageAsync(tenants, "POST", "/tenants/asby/person", "person=Vilda");

        Assert.Contains("No night has been decided yet", told);
        Assert.Contains($"href=\"/tenants/asby/runs/{run}\"", told);
    }

    [Theory]
    [InlineData("GET", $"/api/tenants/asby/people/{Somebody}", "")]
    [InlineData("GET", $"/api/tenants/asby/people/{Somebody}/history", "")]
    [InlineData("POST", "/api/tenants/asby/people", """{"find":"Vilda"}""")]
    public async Task The_API_says_so_too(string method, string path, string body)
    {
        await using var tenants = await TenantsInMemory.OfAsync("asby");

        var answer = await tenants.CallAsync(method, path, body);

        Assert.Equal(404, answer.Status);
        Assert.Contains("No run of the tenant has come to decisions yet", answer.Text);
    }

    [Theory]
    [InlineData("left-out")]
    [InlineData("findings")]
    [InlineData("plan?feed=apple")]
    public async Task A_list_of_a_run_that_decided_on_nobody_is_none_and_not_an_unknown_one(string list)
    {
        await using var tenants = await TenantsInMemory.OfAsync("asby");
        var run = await FailAsync(tenants);

        var told = await PageAsync(tenants, "GET", $"/tenants/asby/runs/{run}/lists/{list.Split('?')[0]}");

        Assert.Contains("This run has decided on nobody", told);
        Assert.DoesNotContain("Unknown list", told);
    }

    private static async Task<string> FailAsync(TenantsInMemory tenants)
    {
        await tenants.NightAsync();
        return (await tenants.Runs.FindNewestAsync("asby", CancellationToken.None))!;
    }

    private static async Task<string> PageAsync(TenantsInMemory tenants, string method, string path, string body = "") => WebUtility.HtmlDecode((await tenants.CallAsync(method, path, body)).Text);
}
