using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Deliveries;

/// <summary>SFTP to a server that cannot be reached.</summary>
internal sealed class Unreachable : IDelivery
{
    private readonly SftpDelivery _sftp = new(new CallLimits(), TimeProvider.System);

    public string Type => _sftp.Type;

    public Type Settings => _sftp.Settings;

    public static void Register(IServiceCollection services)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(SftpDelivery)));
        services.AddSingleton<IDelivery, Unreachable>();
    }

    public string Target(DeliverySettings settings) => _sftp.Target(settings);

    public void Wrap(FeedFiles files, DeliverySettings settings) => _sftp.Wrap(files, settings);

    public Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct) =>
        throw new IOException("The server cannot be reached.");
}
