using Azure.Storage.Blobs;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Sftp;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Harness;

/// <summary>A ground without processes beside this one, for nights by the thousand.</summary>
/// <param name="carrying">What stands between nights and the storage; null for nothing.</param>
internal sealed class InMemoryGround(CarryingOut? carrying = null) : INightGround, IDisposable
{
    private readonly InMemoryAccount _account = new(TimeProvider.System);
    private readonly InMemoryDropBox _dropBox = new(AzuriteFixture.DropBoxOptions.Password);

    /// <summary>What tests look at, and what another host would do, with nothing between.</summary>
    public BlobStorage Blobs => field ??= new BlobStorage(new InMemoryStorage(_account).Open());

    /// <summary>The blobs themselves, for tests that lose or damage them.</summary>
    public InMemoryAccount Account => _account;

    public string ConnectionString => "UseDevelopmentStorage=true";

    public void Dispose() => _dropBox.Dispose();

    public BlobServiceClient Open(BlobClientOptions? options = null) => new InMemoryStorage(_account, carrying: carrying).Open(options);

    public bool HasReceived => _dropBox.Received.Count > 0;

    /// <summary>Whoever had a turn has it no longer.</summary>
    public void EndLeases() => _account.EndLeases();

    public Task<IDropBox?> DropBoxAsync(bool isNeeded) => Task.FromResult<IDropBox?>(_dropBox);

    public void Register(IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(SftpDelivery)));
        services.AddSingleton(Open()).AddSingleton<IDelivery>(_dropBox);
    }
}
