using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EduFunctions.Tests.App;

/// <summary>A worker that ends, or never calls its host, is nobody who could say what is wrong.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class StorageSetupTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly CapturedLog _log = new();
    private readonly LoggerFactory _logging;

    public StorageSetupTests() => _logging = new LoggerFactory([_log]);

    public void Dispose() => _logging.Dispose();

    [Fact]
    public async Task An_identity_that_gets_no_token_is_told()
    {
        await Setup(new BlobServiceClient(new Uri("https://nordhamn.blob.example/"), new NoIdentity())).TryMakeAsync(CancellationToken.None);

        Assert.Contains("The storage cannot be prepared: The app's identity gets no token. Containers and queues are made when the app starts again.", Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task A_storage_that_says_nothing_keeps_nobody_waiting()
    {
        using var silence = new Silence();

        var making = Setup(silence.Client).TryMakeAsync(CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(10));
        await making;

        Assert.Contains("The storage cannot be prepared: It does not answer. Containers", Assert.Single(_log.Lines));
    }

    [Fact]
    public async Task A_host_that_is_stopped_meanwhile_is_stopped()
    {
        using var silence = new Silence();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Setup(silence.Client).TryMakeAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task A_setting_that_is_wrong_ends_the_host()
    {
        var blobs = new BlobStorage(new Lazy<BlobServiceClient>(() => throw new SettingRefusedException("The setting is none.")));

        await Assert.ThrowsAsync<SettingRefusedException>(() => Setup(blobs).TryMakeAsync(CancellationToken.None));
    }

    private StorageSetup Setup(BlobServiceClient blobs) => Setup(new BlobStorage(blobs));

    private StorageSetup Setup(BlobStorage blobs) => new(blobs, new QueueServiceClient("UseDevelopmentStorage=true"), _time, _logging.CreateLogger<StorageSetup>());

    /// <summary>A machine whose managed identity is not there.</summary>
    private sealed class NoIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new CredentialUnavailableException("No managed identity.");

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("No managed identity.");
    }

    /// <summary>Takes every request and never answers.</summary>
    private sealed class Silence : HttpMessageHandler
    {
        public BlobServiceClient Client => new("UseDevelopmentStorage=true", new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(this)) });

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new HttpResponseMessage();
        }
    }
}
