using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Deliveries;

/// <summary>SFTP that puts its files and then loses the connection, so often.</summary>
internal sealed class LosesAnswers(int answers) : IDelivery
{
    private readonly SftpDelivery _sftp = new(new CallLimits(), TimeProvider.System);
    private int _lost;

    public string Type => _sftp.Type;

    public Type Settings => _sftp.Settings;

    public static void Register(IServiceCollection services, int answers)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(SftpDelivery)));
        services.AddSingleton<IDelivery>(new LosesAnswers(answers));
    }

    public string Target(DeliverySettings settings) => _sftp.Target(settings);

    public void Wrap(FeedFiles files, DeliverySettings settings) => _sftp.Wrap(files, settings);

    public async Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct)
    {
        var result = await _sftp.SendAsync(files, setup, progress, ct);
        return _lost++ < answers ? throw new IOException("The connection is gone.") : result;
    }
}
