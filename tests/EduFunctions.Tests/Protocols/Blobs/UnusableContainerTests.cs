using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protocols.Blobs;

/// <summary>What was put into the secret is the trouble of the feed that uses it, and of no other.</summary>
[Collection(TargetTests.Name)]
public sealed class UnusableContainerTests(AzuriteFixture azurite)
{
    private readonly string _tenant = $"t{Guid.NewGuid():n}";

    [Theory]
    [InlineData("\"{0}\"")]
    [InlineData("?sv=2024-11-04&sig=signature")]
    [InlineData("BlobEndpoint=https://account.blob.core.windows.net;SharedAccessSignature=sv=2024-11-04&sig=signature")]
    [InlineData("https://account.blob.core.windows.net/?sv=2024-11-04&sig=signature")]
    [InlineData("http://[::1/in?sig=signature")]
    [InlineData("signature")]
    public async Task A_secret_that_holds_no_container_stops_its_own_feed_and_is_named(string typed)
    {
        var container = new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient($"in-{Guid.NewGuid():n}");
        await container.CreateAsync();
        var sas = BlobDeliveryTests.Signed(container, BlobContainerSasPermissions.Create | BlobContainerSasPermissions.Write).ToString();

        var good = await RunAsync(1, sas);
        var bad = await RunAsync(2, typed.Replace("{0}", sas, StringComparison.Ordinal));
        var mended = await RunAsync(3, sas);

        Assert.Equal([ReceiptState.Failed, ReceiptState.SkippedUnchanged], bad.Run.Feeds.Select(feed => feed.State!.Value));
        Assert.Contains("delivery.sas names the secret \"receiver-container\", which must hold the https address of a container", bad.Run.Feeds[0].Reason);
        Assert.DoesNotMatch("sig=[a-zA-Z0-9%]", string.Join('\n', bad.LogLines) + bad.Run.StateReason + bad.Run.TenantFileProblem + await bad.FileAsync("receipt.json"));
        Assert.Equal((RunState.Delivered, RunState.Delivered), (good.Run.State, mended.Run.State));
    }

    private async Task<NightResult> RunAsync(int day, string secret)
    {
        var (box, other) = (TenantJson.FeedOf("schoolDataSync", []), TenantJson.FeedOf("appleSchoolManager", []));
        box["delivery"] = new JsonObject { ["type"] = "blob", ["sas"] = new JsonObject { ["secret"] = "receiver-container" } };
        return await azurite.Night(PlainTown.Make().Data).As(_tenant).On(Night.Today.AddDays(day)).Setting("Secrets:receiver-container", secret)
            .With(new JsonObject { ["feeds"] = new JsonArray(box, other) }).RunAsync();
    }
}
