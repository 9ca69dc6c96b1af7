using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Sftp;

namespace EduFunctions.Tests.Simulation;

/// <summary>What came into a receiver's folder.</summary>
/// <param name="Content">Less than the file when the connection broke.</param>
/// <param name="WasOnRecord">Whether the receipt said already that the target has it when the host set out to put it: what is under way then cannot be called back.</param>
/// <param name="Night">In which night it came.</param>
internal sealed record Put(string Tenant, string Run, string Feed, string Name, byte[] Content, bool IsCut, bool WasOnRecord, int Night);

/// <summary>A folder of a receiver: what is put there is taken away at once. It may refuse to answer, before it has the file, after, or in its midst.</summary>
internal sealed class SimulatedDropBox(SimulatedHost host) : IDelivery
{
    private readonly SftpDelivery _real = new(new CallLimits(), host.Clock);

    public string Type => _real.Type;

    public Type Settings => _real.Settings;

    public string Target(DeliverySettings settings) => _real.Target(settings);

    public Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct) =>
        progress.PutAllAsync(files, host.Clock, async (name, file) =>
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, ct);
            var wasOnRecord = host.World.IsOnRecord(progress.Tenant, progress.Run, setup.Name);
            await host.World.Gate.PerformAsync(
                host, OperationKind.Target, $"put {progress.Tenant} {setup.Name}",
                () => host.World.Take(progress.Tenant, progress.Run, setup.Name, name, content.ToArray(), wasOnRecord), ct);
        });
}
