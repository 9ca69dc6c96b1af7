using Azure.Storage.Blobs;
using Azure.Storage.Sas;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Blobs;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Protocols.Blobs;

[Collection(TargetTests.Name)]
public sealed class BlobDeliveryTests(AzuriteFixture azurite)
{
    private static readonly BlobDelivery Blobs = new(Registered.Services.GetRequiredService<IHttpClientFactory>(), new CallLimits(), TimeProvider.System);

    [Fact]
    public async Task A_signature_that_may_create_and_write_is_enough_and_is_told_to_nobody()
    {
        var container = await ContainerAsync();
        var settings = Settings(container, BlobContainerSasPermissions.Create | BlobContainerSasPermissions.Write);

        await SendAsync(settings, "first"u8.ToArray());
        var result = await SendAsync(settings, "second"u8.ToArray());

        Assert.Equal(ReceiptState.Sent, result.State);
        Assert.Equal("second", (await container.GetBlobClient("in/a.zip").DownloadContentAsync()).Value.Content.ToString());
        Assert.Equal($"{container.Uri}/in", Blobs.Target(settings));
        Assert.DoesNotContain("sig", Blobs.Target(settings));
    }

    [Fact]
    public async Task What_the_signature_may_not_do_and_a_container_that_is_not_there_are_named()
    {
        var container = await ContainerAsync();
        var reading = Settings(container, BlobContainerSasPermissions.Read);
        var writing = Settings(container, BlobContainerSasPermissions.Create | BlobContainerSasPermissions.Write);

        var mayNot = await Assert.ThrowsAsync<DeliveryRefusedException>(() => SendAsync(reading, "x"u8.ToArray()));
        await container.DeleteAsync();
        var gone = await Assert.ThrowsAsync<DeliveryRefusedException>(() => SendAsync(writing, "x"u8.ToArray()));

        Assert.Contains("\"container-sas\"", mayNot.Message);
        Assert.Contains($"no container {container.Name}", gone.Message);
        Assert.All(new[] { mayNot, gone }, refusal => Assert.DoesNotContain("sig=", refusal.Message));
    }

    [Fact]
    public async Task A_storage_that_is_not_there_is_tried_again()
    {
        var settings = new BlobSettings { Type = "blob", Sas = new Secret("container-sas", "http://127.0.0.1:9/account/container?sv=1&sig=x") };

        var error = await Assert.ThrowsAsync<IOException>(() => SendAsync(settings, "x"u8.ToArray()));

        Assert.Contains("cannot be reached", error.Message);
    }

    [Fact]
    public async Task A_storage_that_says_nothing_is_left_within_the_limit_for_calls()
    {
        using var silent = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        var settings = new BlobSettings { Type = "blob", Sas = new Secret("container-sas", $"http://{silent.LocalEndpoint}/account/container?sv=1&sig=x") };
        var impatient = new BlobDelivery(
            Registered.Services.GetRequiredService<IHttpClientFactory>(), new CallLimits { Idle = TimeSpan.FromSeconds(1) }, TimeProvider.System);

        var error = await Assert.ThrowsAsync<IOException>(() => SendAsync(settings, "x"u8.ToArray(), impatient));

        Assert.Contains("gave no answer within 1 seconds", error.Message);
        Assert.DoesNotContain("sig=", error.Message);
    }

    [Fact]
    public async Task A_file_in_pieces_is_one_blob()
    {
        var container = await ContainerAsync();
        var content = new byte[(9 << 20) + 1];
        new Random(7).NextBytes(content);

        await SendAsync(Settings(container, BlobContainerSasPermissions.Create | BlobContainerSasPermissions.Write), content);

        Assert.Equal(content, (await container.GetBlobClient("in/a.zip").DownloadContentAsync()).Value.Content.ToArray());
    }

    [Fact]
    public async Task A_connection_is_tried_without_a_file()
    {
        var container = await ContainerAsync();

        Assert.Null((await CheckAsync(Settings(container, BlobContainerSasPermissions.All))).Problem);
        Assert.Null((await CheckAsync(Settings(container, BlobContainerSasPermissions.Create | BlobContainerSasPermissions.Write))).Problem);
        var wrong = Settings(container, BlobContainerSasPermissions.All) with { Sas = new Secret("container-sas", $"{container.Uri}?sv=2024-11-04&sig=no") };
        Assert.Contains("container-sas", (await CheckAsync(wrong)).Problem);
        Assert.Empty(container.GetBlobs());
    }

    [Theory]
    [InlineData(null, null, "container")]
    [InlineData("https://account.blob.core.windows.net/in", "https://account.blob.core.windows.net/in?sig=x", "container")]
    [InlineData("https://account.blob.core.windows.net/", null, "container")]
    [InlineData("https://account.blob.core.windows.net/in?sig=x", null, "container")]
    [InlineData(null, "https://account.blob.core.windows.net/in", "sas")]
    [InlineData(null, "no address", "sas")]
    [InlineData(null, "https://account.blob.core.windows.net/in/folder?sv=1&sig=x", "sas")]
    [InlineData("https://account.blob.core.windows.net/in/folder", null, "container")]
    [InlineData("https://account.blob.core.windows.net/in/", null, null)]
    [InlineData("https://account.blob.core.windows.net/in", null, null)]
    [InlineData(null, "https://account.blob.core.windows.net/in?sv=1&sig=x", null)]
    public void A_container_is_named_in_one_of_two_ways(string? container, string? sas, string? wrong)
    {
        var settings = new BlobSettings { Type = "blob", Container = container, Sas = sas is null ? null : new Secret("container-sas", sas) };

        var contradictions = settings.Contradictions(new FeedSetup { Name = "sds", Type = "schoolDataSync", Delivery = settings }).Concat(settings.UnusableSecrets()).ToList();

        Assert.Equal(wrong is null ? [] : [wrong], contradictions.Select(contradiction => contradiction.Key));
        Assert.All(contradictions, contradiction => Assert.DoesNotContain("sig=x", contradiction.Cause));
    }

    private async Task<BlobContainerClient> ContainerAsync()
    {
        var container = new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient($"in-{Guid.NewGuid():n}");
        await container.CreateAsync();
        return container;
    }

    internal static Uri Signed(BlobContainerClient container, BlobContainerSasPermissions permissions) =>
        container.GenerateSasUri(permissions, DateTimeOffset.UtcNow.AddHours(1));

    private static BlobSettings Settings(BlobContainerClient container, BlobContainerSasPermissions permissions) =>
        new() { Type = "blob", Sas = new Secret("container-sas", Signed(container, permissions).ToString()), Directory = "in" };

    private static async Task<DeliveryResult> SendAsync(BlobSettings settings, byte[] content, BlobDelivery? delivery = null)
    {
        using var files = new FeedFiles();
        files.Create("a.zip").Write(content);
        return await (delivery ?? Blobs).SendAsync(
            files, new FeedSetup { Name = "sds", Type = "schoolDataSync", Delivery = settings }, new DeliveryProgress([], _ => Task.CompletedTask), CancellationToken.None);
    }

    private static async Task<ConnectionCheck> CheckAsync(BlobSettings settings)
    {
        await foreach (var check in Blobs.TestAsync(settings, CancellationToken.None))
        {
            return check;
        }

        throw new InvalidOperationException();
    }
}
