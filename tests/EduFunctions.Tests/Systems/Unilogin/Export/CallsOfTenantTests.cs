using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Systems.Unilogin;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

[Collection(SourceTests.Name)]
public sealed class CallsOfTenantTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Each_institution_has_what_its_calls_of_the_day_leave()
    {
        var endpoint = new Uri($"https://{Guid.NewGuid():n}.example/wsieksport/7");
        var budget = new CallBudget(azurite.Blobs);
        var call = new PullCall(Guid.NewGuid(), TimeProvider.System.GetUtcNow(), "holme", "20260901T193000Z-0a1b", "fuld");
        await budget.TryTakeAsync(endpoint, "999001", call, CallBudget.MostPerDay, 2, CancellationToken.None);

        var left = await new CallsOfTenant(budget, TimeProvider.System).LeftAsync(Tenant(endpoint), CancellationToken.None);

        Assert.Equal([new CallsLeft("999001", 3), new CallsLeft("999002", 4)], left);
    }

    private static Tenant Tenant(Uri endpoint) => new()
    {
        Id = "holme",
        Name = "Holme Kommune",
        Source = new UniloginSettings { Type = "unilogin", Endpoint = endpoint.ToString(), Package = "fuld", Institutions = ["999001", "999002"] },
        Feeds = [],
    };
}
