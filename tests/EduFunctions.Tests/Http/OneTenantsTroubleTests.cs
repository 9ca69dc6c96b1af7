using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>One blob that the storage refuses: its tenant stands in red in every list, with the blob's name, and all others as ever.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class OneTenantsTroubleTests
{
    private const string Well = "asby";
    private const string Sick = "berg";

    [Theory]
    [InlineData("runs/berg/", 409, "BlobArchived")]
    [InlineData("runs/berg/", 503, "ServerBusy")]
    [InlineData("tenants/berg.json", 403, "AuthorizationPermissionMismatch")]
    [InlineData("state/berg/watch.json", 409, "BlobArchived")]
    [InlineData("state/berg/feeds/apple/delivered.json", 403, "AuthorizationPermissionMismatch")]
    public async Task A_blob_that_is_refused_is_its_tenants_trouble_alone(string blob, int status, string code)
    {
        await using var tenants = await TenantsInMemory.OfAsync(Well, Sick);
        await tenants.NightAsync();
        tenants.Storage.Refuse($"GET {blob}", "", status, code);

        var list = await tenants.CallAsync("GET", "/api/tenants");
        var page = await tenants.CallAsync("GET", "/");
        var poison = await tenants.CallAsync("GET", "/api/poison");

        Assert.Equal((200, 200, 200), (list.Status, page.Status, poison.Status));
        var lines = TenantsInMemory.ByTenant(list);
        Assert.Contains(blob, (string?)lines[Sick]["problem"] ?? (string?)lines[Sick]["latestRun"]!["stateReason"]);
        Assert.Equal((null, "delivered"), ((string?)lines[Well]["problem"], (string?)lines[Well]["latestRun"]!["state"]));
        Assert.Contains(blob, page.Text);
        Assert.DoesNotContain("file refused", page.Text);
    }

    [Fact]
    public async Task A_blob_that_never_comes_keeps_nobody_waiting_for_long()
    {
        await using var tenants = await TenantsInMemory.OfAsync(Well, Sick);
        tenants.Storage.Refuse("GET tenants/berg.json", "", 0, "");

        var asked = tenants.CallAsync("GET", "/api/tenants");
        while (!asked.IsCompleted)
        {
            tenants.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var lines = TenantsInMemory.ByTenant(await asked);
        Assert.Contains("has not answered within", (string?)lines[Sick]["problem"]);
        Assert.Null(lines[Well]["problem"]);
    }

    [Fact]
    public async Task A_storage_that_answers_nobody_is_no_tenants_trouble()
    {
        await using var tenants = await TenantsInMemory.OfAsync(Well, Sick);
        tenants.Storage.Refuse("", "", 503, "ServerBusy");

        Assert.Equal(503, (await tenants.CallAsync("GET", "/api/tenants")).Status);
    }

    /// <summary>Also when no run can say so, and as often as somebody asks.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_night_that_cannot_begin_is_told(bool isSilent)
    {
        await using var tenants = await TenantsInMemory.OfAsync(Well, Sick);
        await tenants.NightAsync();
        tenants.Storage.Refuses = key => key.StartsWith("GET state/berg/active.json", StringComparison.Ordinal) || (isSilent && key.StartsWith("PUT runs/berg/", StringComparison.Ordinal))
            ? (409, "BlobArchived")
            : null;

        var first = await BegunAsync(tenants);
        var second = await BegunAsync(tenants);

        Assert.Null(first[Well].Problem);
        Assert.Contains("state/berg/active.json (409 BlobArchived)", first[Sick].Problem);
        Assert.Equal(isSilent, first[Sick].Run is null);
        Assert.Contains("state/berg/active.json (409 BlobArchived)", Assert.Single(second.Values).Problem);
    }

    [Theory]
    [InlineData("""{"dryRun":true,"reason":"a try"}""", 400)]
    [InlineData("""{"x":1}""", 400)]
    [InlineData("[]", 400)]
    [InlineData("true", 400)]
    [InlineData("{}", 202)]
    [InlineData("", 202)]
    public async Task Nights_take_no_wishes(string body, int status)
    {
        await using var tenants = await TenantsInMemory.OfAsync(Well);

        Assert.Equal(status, (await tenants.CallAsync("POST", "/api/nights", body)).Status);

        Assert.Equal(status == 202 ? 1 : 0, (await tenants.Runs.ListAsync(Well, default)).Count);
    }

    public static TheoryData<string> Calls =>
        [.. Registered.Services.GetRequiredService<ApiRoutes>().All.Where(route => route is { Method: "POST", Body: not { Type: null } }).Select(route => route.Name)];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_call_refuses_what_it_does_not_know(string name)
    {
        await using var tenants = await TenantsInMemory.OfAsync(Well);
        await tenants.NightAsync();
        var run = Assert.Single(await tenants.Runs.ListAsync(Well, default));
        var path = tenants.Get<ApiRoutes>().All.Single(route => route.Name == name).Template.Replace("{tenant}", Well).Replace("{run}", run);

        foreach (var body in new[] { """{"nobodyKnowsThis":1}""", "[]", "1", """{"reason":"a","reason":"b"}""", "{" })
        {
            Assert.Equal((body, 400), (body, (await tenants.CallAsync("POST", path, body)).Status));
        }

        Assert.Single(await tenants.Runs.ListAsync(Well, default));
    }

    /// <summary>Messages name a run; what does not leaves nothing.</summary>
    [Theory]
    [InlineData("ASBY")]
    [InlineData("a/b")]
    [InlineData("..")]
    public async Task A_message_of_no_tenant_leaves_nothing(string tenant)
    {
        await using var tenants = await TenantsInMemory.OfAsync(Well);
        tenants.Storage.Refuse("", "", 500, "Nothing is asked");

        Assert.Equal(NextMessages.None, await tenants.Get<RosterPipeline>().ExtractAsync(new ExtractMessage(tenant, "20260901T180000Z-0000"), default));

        Assert.Empty(tenants.Storage.Refused);
    }

    private static async Task<Dictionary<string, BegunNight>> BegunAsync(TenantsInMemory tenants)
    {
        var answer = await tenants.CallAsync("POST", "/api/nights");
        Assert.Equal(202, answer.Status);
        Assert.Equal(JsonNode.Parse(answer.Text)!["nights"]!.AsArray().Count, ((BegunNights)answer.Body).Nights.Count);
        return ((BegunNights)answer.Body).Nights.ToDictionary(night => night.Tenant);
    }
}
