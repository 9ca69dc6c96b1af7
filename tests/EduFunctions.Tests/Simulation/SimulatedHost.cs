using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Pipeline.Verifying;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Simulation;

/// <summary>A host with the services of the real ones, over the simulated world. It may stand still for a while, and be killed, which is the end of it.</summary>
internal sealed class SimulatedHost
{
    private readonly ServiceProvider _services;

    public SimulatedHost(int number, SimulatedWorld world)
    {
        (Number, World) = (number, world);
        Clock = world.Time.ClockOf(this);
        _services = Services(world);
    }

    public int Number { get; }

    public SimulatedWorld World { get; }

    public TimeProvider Clock { get; }

    public bool IsDead { get; set; }

    /// <summary>Until when it stands still; null when it does not.</summary>
    public DateTimeOffset? Frozen { get; set; }

    /// <summary>Since when it stands still.</summary>
    public DateTimeOffset FrozenSince { get; set; }

    /// <summary>Says that it has half a minute left.</summary>
    public CancellationTokenSource Stopping { get; } = new();

    public bool IsWell => !IsDead && Frozen is null;

    public RosterPipeline Pipeline => _services.GetRequiredService<RosterPipeline>();

    public Approvals Approvals => _services.GetRequiredService<Approvals>();

    public Verification Verification => _services.GetRequiredService<Verification>();

    private ServiceProvider Services(SimulatedWorld world)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            // Who finds another at work gives the message back at once.
            ["Pipeline:LeasePatience"] = "00:00:00",
            [$"Secrets:{TenantJson.SourceSecret}"] = "simulated",
            [$"Secrets:{TenantJson.DropBoxSecret}"] = "simulated",
        }).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddRosterPipeline(configuration);
        services.Remove(services.Single(service => service.ImplementationType == typeof(EduCloudSource)));
        services.Remove(services.Single(service => service.ImplementationType == typeof(SftpDelivery)));
        var storage = new InMemoryStorage(world.Account, this, (key, carryOut, ct) => world.Gate.PerformAsync(this, OperationKind.Storage, key, carryOut, ct));
        return services
            .AddSingleton(Clock)
            .AddSingleton(storage.Open())
            .AddSingleton<EduCloudSource>()
            .AddSingleton<ISource>(provider => new SimulatedRegister(provider.GetRequiredService<EduCloudSource>(), this))
            .AddSingleton<IDelivery>(new SimulatedDropBox(this))
            .BuildServiceProvider();
    }
}
