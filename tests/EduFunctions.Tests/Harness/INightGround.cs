using Azure.Storage.Blobs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Sftp;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Harness;

/// <summary>What nights stand on: a storage, and a drop box.</summary>
public interface INightGround
{
    string ConnectionString { get; }

    /// <summary>A client of the storage's own.</summary>
    BlobServiceClient Open(BlobClientOptions? options = null);

    BlobStorage Blobs => new(Open());

    /// <param name="isNeeded">Whether it is to be there; nights that do not deliver go to the same address as those that did.</param>
    Task<IDropBox?> DropBoxAsync(bool isNeeded);

    /// <summary>Services that take the place of the real ones.</summary>
    void Register(IServiceCollection services);
}
