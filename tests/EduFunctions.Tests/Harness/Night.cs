using System.Text.Json.Nodes;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Tests.Harness;

/// <summary>One tenant's sync from the source's pages to the drop box, through the services that the hosts use.</summary>
public sealed partial class Night(INightGround ground, ISchoolData school)
{
    private readonly JsonObject _tenant = TenantJson.Make($"t{Guid.NewGuid():n}");
    private readonly EduCloudHabits _habits = new();
    private readonly List<IFeed> _feeds = [];
    private DateOnly _date = Today;
    private readonly Dictionary<string, string?> _settings = [];
    private readonly List<Action<IServiceCollection>> _registrations = [];
    private EduCloudServer? _source;
    private bool _isDry;
    private bool _acceptsShrink;
    private bool _isTotal;
    private bool _pullsChanges;
    private bool _acceptsMisses;
    private bool _resumes;

    /// <summary>The day of all hand-made worlds.</summary>
    public static DateOnly Today { get; } = new(2026, 9, 1);

    public Task<NightResult> RunAsync(CancellationToken ct = default) => RunAsync(SyncAsync, ct);

    /// <summary>Runs the tenant's messages in a way of the test's own.</summary>
    public Task<NightResult> RunAsync(Func<RosterPipeline, StartedRun, Task> carry) => RunAsync(
        async (services, tenant, request, ct) =>
        {
            var started = await services.GetRequiredService<RosterPipeline>().StartAsync(tenant, request, ct);
            await carry(services.GetRequiredService<RosterPipeline>(), started);
            return (await services.GetRequiredService<RunStore>().FindAsync(tenant, started.Run.Run, ct))!;
        },
        CancellationToken.None);

    private string Tenant => (string)_tenant["id"]!;

    /// <summary>Looks after all tenants of the storage, this one too; no night is begun.</summary>
    public async Task WatchAsync()
    {
        await using var source = await EduCloudServer.StartAsync(school, _habits);
        _tenant.PointAt(source);
        await using var services = Services(source, new CapturedLog());
        await PublishAsync(services, dropBox: null, CancellationToken.None);
        await services.GetRequiredService<RosterPipeline>().WatchAsync(CancellationToken.None);
    }

    /// <summary>Lets the clock strike that begins pulls of changes; how many it has begun for this tenant, which are carried to their ends.</summary>
    public async Task<int> TickChangesAsync()
    {
        await using var source = await EduCloudServer.StartAsync(school, _habits);
        _tenant.PointAt(source);
        await using var services = Services(source, new CapturedLog());
        await PublishAsync(services, dropBox: null, CancellationToken.None);
        var next = await services.GetRequiredService<RosterPipeline>().StartChangesAsync(CancellationToken.None);
        var own = next.Extract.Where(message => message.Tenant == Tenant).ToList();
        await services.GetRequiredService<InlinePump>().RunAsync(new NextMessages { Extract = own }, CancellationToken.None);
        return own.Count;
    }

    private async Task<NightResult> RunAsync(
        Func<ServiceProvider, string, RunRequest, CancellationToken, Task<RunRecord>> sync, CancellationToken ct)
    {
        await using var own = _source is null ? await EduCloudServer.StartAsync(school, _habits, ct) : null;
        var source = _source ?? own!;
        _tenant.PointAt(source);
        var dropBox = await ground.DropBoxAsync(isNeeded: !_isDry);
        var receivedBefore = dropBox?.Received.Count ?? 0;
        var log = new CapturedLog();
        await using var services = Services(source, log);
        var request = await PublishAsync(services, dropBox, ct);
        var run = await sync(services, (string)_tenant["id"]!, request, ct);
        return new NightResult(run, _tenant, ground.Blobs, log.Lines)
        {
            Received = dropBox?.Received.Skip(receivedBefore).ToList() ?? [],
            Requests = source.Requests,
        };
    }

    private async Task<RunRequest> PublishAsync(ServiceProvider services, IDropBox? dropBox, CancellationToken ct)
    {
        if (dropBox is not null)
        {
            _tenant.PointAt(dropBox);
        }

        var file = System.Text.Encoding.UTF8.GetBytes(_tenant.ToJsonString());
        await services.GetRequiredService<TenantStore>().PublishAsync((string)_tenant["id"]!, file, ct);
        return new RunRequest
        {
            Trigger = RunTrigger.CommandLine,
            Date = _date,
            DryRun = _isDry,
            AcceptShrink = _acceptsShrink,
            Total = _isTotal,
            Changed = _pullsChanges,
            AcceptMisses = _acceptsMisses,
            Resume = _resumes,
        };
    }

    private static async Task<RunRecord> SyncAsync(ServiceProvider services, string tenant, RunRequest request, CancellationToken ct) =>
        (await services.GetRequiredService<SyncRunner>().RunAsync([tenant], request, ct))[0].Run;

    private ServiceProvider Services(EduCloudServer source, CapturedLog log)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["AzureWebJobsStorage"] = ground.ConnectionString,
                ["Pipeline:FirstPause"] = "00:00:00.010",
                [$"Secrets:{TenantJson.SourceSecret}"] = source.ClientSecret,
                [$"Secrets:{TenantJson.HandedSecret}"] = source.Handed,
                [$"Secrets:{TenantJson.DropBoxSecret}"] = AzuriteFixture.DropBoxOptions.Password,
            })
            .AddInMemoryCollection(_settings)
            .Build();
        var services = new ServiceCollection()
            .AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace))
            .AddSingleton<IConfiguration>(configuration)
            .AddRosterPipeline(configuration)
            .AddSingleton<InlinePump>()
            .AddSingleton<SyncRunner>();
        ground.Register(services);
        _registrations.ForEach(register => register(services));
        _feeds.ForEach(feed => services.AddSingleton(feed));
        return services.BuildServiceProvider();
    }
}
