using Azure.Storage.Blobs;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Sftp;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Harness;

/// <summary>A ground without processes beside this one, for nights by the thousand.</summary>
internal sealed class InMemoryGround : INightGround, IDisposable
{
    private readonly InMemoryAccount _account = new(TimeProvider.System);
    private readonly InMemoryDropBox _dropBox = new(AzuriteFixture.DropBoxOptions.Password);

    public InMemoryGround() => Blobs = new BlobStorage(Open());

    public BlobStorage Blobs { get; }

    public string ConnectionString => "UseDevelopmentStorage=true";

    public void Dispose() => _dropBox.Dispose();

    public BlobServiceClient Open(BlobClientOptions? options = null) => new InMemoryStorage(_account).Open(options);

    public Task<IDropBox?> DropBoxAsync(bool isNeeded) => Task.FromResult<IDropBox?>(_dropBox);

    public void Register(IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(SftpDelivery)));
        services.AddSingleton(Open()).AddSingleton<IDelivery>(_dropBox);
    }
}
