using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Simulators.UniloginImport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Tests.Harness;

/// <summary>One tenant's sync from the source's pages to the drop box, through the services that the hosts use.</summary>
public sealed class Night(AzuriteFixture shared, ISchoolData school)
{
    private readonly JsonObject _tenant = TenantJson.Make($"t{Guid.NewGuid():n}");
    private readonly EduCloudHabits _habits = new();
    private readonly List<IFeed> _feeds = [];
    private DateOnly _date = Today;
    private readonly Dictionary<string, string?> _settings = [];
    private readonly List<Action<IServiceCollection>> _registrations = [];
    private bool _isDry;
    private bool _acceptsShrink;
    private bool _isTotal;

    /// <summary>The day of all hand-made worlds.</summary>
    public static DateOnly Today { get; } = new(2026, 9, 1);

    /// <summary>Sets one value of the tenant file, such as <c>eligibility.dateMarginDays</c>.</summary>
    public Night With(string path, JsonNode? value)
    {
        var names = path.Split('.');
        foreach (var name in names.Reverse())
        {
            value = new JsonObject { [name] = value };
        }

        return With((JsonObject)value!);
    }

    /// <summary>Merges settings over the default tenant's.</summary>
    public Night With(JsonObject overrides)
    {
        _tenant.Merge(overrides);
        return this;
    }

    /// <summary>Another source than EduCloud.</summary>
    public Night From(JsonObject source)
    {
        _tenant["source"] = source;
        return this;
    }

    /// <summary>Sets one of the feed's own settings.</summary>
    public Night WithApple(string name, JsonNode? value) => WithApple(0, name, value);

    /// <summary>The same of a feed that was added.</summary>
    public Night WithApple(int feed, string name, JsonNode? value)
    {
        _tenant["feeds"]![feed]!["settings"]![name] = value;
        return this;
    }

    /// <summary>One feed to Learn instead of the one to the drop box.</summary>
    public Night To(LearnServer learn, JsonObject? settings, TimeProvider time)
    {
        _tenant["feeds"] = new JsonArray(TenantJson.Blackboard(learn, settings));
        return Setting($"Secrets:{TenantJson.LearnSecret}", learn.Integrations[0].Password)
            .Registering(services => services.AddSingleton(time));
    }

    /// <summary>Sets one value of the first feed.</summary>
    public Night WithFeed(string name, JsonNode? value)
    {
        _tenant["feeds"]![0]![name] = value;
        return this;
    }

    /// <summary>One feed to wsaIMPORT instead, which wants civic numbers.</summary>
    public Night To(ImportServer service, JsonObject? settings)
    {
        _tenant["feeds"] = new JsonArray(TenantJson.UniloginImport(service, settings));
        return With("privacy.includeCivicNumber", true).Setting($"Secrets:{TenantJson.ImportSecret}", service.Password);
    }

    /// <summary>Sets one value of the first feed's delivery.</summary>
    public Night WithDelivery(string name, JsonNode? value)
    {
        _tenant["feeds"]![0]!["delivery"]![name] = value;
        return this;
    }

    /// <summary>Another delivery for the first feed.</summary>
    public Night Delivering(JsonObject delivery)
    {
        _tenant["feeds"]![0]!["delivery"] = delivery;
        return this;
    }

    /// <summary>Services that take the place of the real ones.</summary>
    public Night Registering(Action<IServiceCollection> registration)
    {
        _registrations.Add(registration);
        return this;
    }

    /// <summary>The feeds of the tenant file as they are now.</summary>
    public JsonNode Feeds => _tenant["feeds"]!;

    /// <summary>Another feed like the first, to a folder of its own; call it when that is as it should be.</summary>
    public void AddFeed(string name)
    {
        var feed = _tenant["feeds"]![0]!.DeepClone();
        feed["name"] = name;
        feed["delivery"]!["directory"] = TenantJson.FolderOf(name);
        _tenant["feeds"]!.AsArray().Add(feed);
    }

    /// <summary>A feed of the test's own, in place of the usual one.</summary>
    public Night With(IFeed feed)
    {
        _feeds.Add(feed);
        _tenant["feeds"]![0]!["type"] = feed.Type;
        return this;
    }

    /// <summary>As a tenant that has had nights before.</summary>
    public Night As(string tenant) => With("id", tenant);

    public Night On(DateOnly date)
    {
        _date = date;
        return this;
    }

    public Night On(string date) => On(DateOnly.Parse(date, CultureInfo.InvariantCulture));

    public Night AcceptingShrink()
    {
        _acceptsShrink = true;
        return this;
    }

    /// <summary>Feeds that say what has changed say everything.</summary>
    public Night Total()
    {
        _isTotal = true;
        return this;
    }

    /// <summary>A setting of the machinery, such as <c>Pipeline:SliceLength</c>.</summary>
    public Night Setting(string key, string value)
    {
        _settings[key] = value;
        return this;
    }

    /// <summary>Everything but the delivery, which makes a night quick.</summary>
    public Night Dry()
    {
        _isDry = true;
        return this;
    }

    public Night Behaving(Action<EduCloudHabits> change)
    {
        change(_habits);
        return this;
    }

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

    /// <summary>Has an operator approve a plan; the night's own school is not pulled.</summary>
    /// <param name="carry">What becomes of the messages; null carries them as the command line does.</param>
    public Task<(NightResult Night, string? Refusal)> ApproveAsync(string run, string plan, Func<RosterPipeline, NextMessages, Task>? carry = null) =>
        AnswerAsync(run, approvals => approvals.ApproveAsync(Tenant, run, plan, "olle", CancellationToken.None), carry);

    /// <summary>The same with a refusal.</summary>
    public Task<(NightResult Night, string? Refusal)> RefuseAsync(string run, string plan) =>
        AnswerAsync(run, approvals => approvals.RefuseAsync(Tenant, run, plan, "olle", CancellationToken.None), carry: null);

    private string Tenant => (string)_tenant["id"]!;

    private async Task<(NightResult Night, string? Refusal)> AnswerAsync(
        string run, Func<Approvals, Task<ApprovalAnswer>> answering, Func<RosterPipeline, NextMessages, Task>? carry)
    {
        string? refusal = null;
        var night = await RunAsync(
            async (services, tenant, _, ct) =>
            {
                var answer = await answering(services.GetRequiredService<Approvals>());
                refusal = answer.Refusal;
                await (carry is null
                    ? services.GetRequiredService<InlinePump>().RunAsync(answer.Next, ct)
                    : carry(services.GetRequiredService<RosterPipeline>(), answer.Next));
                return (await services.GetRequiredService<RunStore>().FindAsync(tenant, run, ct))!;
            },
            CancellationToken.None);
        return (night, refusal);
    }

    /// <summary>Delivers an earlier run's roster again; the night's own school is not pulled.</summary>
    /// <param name="force">Also what equals the last delivery.</param>
    public Task<NightResult> ResendAsync(string run, bool force = false) => RunAsync(
        (services, tenant, request, ct) => SyncAsync(services, tenant, request with { Resends = run, Force = force }, ct), CancellationToken.None);

    /// <summary>The same by the API, which always means it.</summary>
    public Task<NightResult> SendAgainAsync(string run) => RunAsync(
        async (services, tenant, _, ct) =>
        {
            var answer = await services.GetRequiredService<ApiRouter>().AnswerAsync(
                new ApiCall("POST", $"/api/tenants/{tenant}/runs/{run}/resend", _ => null, Stream.Null, true), ct);
            await services.GetRequiredService<InlinePump>().RunAsync(answer.Next, ct);
            return (await services.GetRequiredService<RunStore>().FindAsync(tenant, ((BegunRun)answer.Body!).Run, ct))!;
        },
        CancellationToken.None);

    /// <summary>Takes a failed run up again; the night's own school is not pulled.</summary>
    public Task<NightResult> RequeueAsync(string run) => RunAsync(
        async (services, tenant, _, ct) =>
        {
            var answer = await services.GetRequiredService<Requeueing>().RequeueAsync(tenant, run, ct);
            await services.GetRequiredService<InlinePump>().RunAsync(answer.Next, ct);
            return (await services.GetRequiredService<RunStore>().FindAsync(tenant, run, ct))!;
        },
        CancellationToken.None);

    /// <summary>Makes known again what a feed's target has been given; the night's own school is not pulled.</summary>
    public async Task<RebaselineResult> RebaselineAsync(string feed, bool isDryRun)
    {
        RebaselineResult? result = null;
        await RunAsync(
            async (services, tenant, _, ct) =>
            {
                var runs = services.GetRequiredService<RunStore>();
                var setup = (await services.GetRequiredService<TenantStore>().ReadAsync(tenant, ct)).Tenant;
                result = await services.GetRequiredService<Rebaselining>().RunAsync(setup, feed, isDryRun, ct);
                return (await runs.FindAsync(tenant, (await runs.FindNewestAsync(tenant, ct))!, ct))!;
            },
            CancellationToken.None);
        return result!;
    }

    /// <summary>Makes an earlier run's files anew, as an operator who looks at it; each feed's files as text.</summary>
    public async Task<IReadOnlyDictionary<string, string>> ReplayAsync(string run)
    {
        var texts = new Dictionary<string, string>();
        await RunAsync(
            async (services, tenant, _, ct) =>
            {
                var stored = await services.GetRequiredService<TenantStore>().ReadAsync(tenant, ct);
                await services.GetRequiredService<Replay>().RunAsync(stored.Tenant, run, date: null, Keep, ct);
                return (await services.GetRequiredService<RunStore>().FindAsync(tenant, run, ct))!;
            },
            CancellationToken.None);
        return texts;

        void Keep(string feed, FeedFiles files)
        {
            foreach (var name in files.Names)
            {
                using var copy = new MemoryStream();
                files.Open(name).CopyTo(copy);
                texts[$"{feed}/{name}"] = System.Text.Encoding.UTF8.GetString(copy.ToArray());
            }
        }
    }

    /// <summary>Looks after all tenants of the storage, this one too; no night is begun.</summary>
    public async Task WatchAsync()
    {
        await using var source = await EduCloudServer.StartAsync(school, _habits);
        _tenant.PointAt(source);
        await using var services = Services(source, new CapturedLog());
        await PublishAsync(services, dropBox: null, CancellationToken.None);
        await services.GetRequiredService<RosterPipeline>().WatchAsync(CancellationToken.None);
    }

    private async Task<NightResult> RunAsync(
        Func<ServiceProvider, string, RunRequest, CancellationToken, Task<RunRecord>> sync, CancellationToken ct)
    {
        await using var source = await EduCloudServer.StartAsync(school, _habits, ct);
        _tenant.PointAt(source);
        var dropBox = _isDry ? await shared.StartedDropBoxAsync() : await shared.DropBoxAsync();
        var receivedBefore = dropBox?.Received.Count ?? 0;
        var log = new CapturedLog();
        await using var services = Services(source, log);
        var request = await PublishAsync(services, dropBox, ct);
        var run = await sync(services, (string)_tenant["id"]!, request, ct);
        return new NightResult(run, _tenant, shared.Blobs, log.Lines)
        {
            Received = dropBox?.Received.Skip(receivedBefore).ToList() ?? [],
            Requests = source.Requests,
        };
    }

    private async Task<RunRequest> PublishAsync(ServiceProvider services, DropBox? dropBox, CancellationToken ct)
    {
        if (dropBox is not null)
        {
            _tenant.PointAt(dropBox);
        }

        var file = System.Text.Encoding.UTF8.GetBytes(_tenant.ToJsonString());
        await services.GetRequiredService<TenantStore>().PublishAsync((string)_tenant["id"]!, file, ct);
        return new RunRequest { Trigger = RunTrigger.CommandLine, Date = _date, DryRun = _isDry, AcceptShrink = _acceptsShrink, Total = _isTotal };
    }

    private static async Task<RunRecord> SyncAsync(ServiceProvider services, string tenant, RunRequest request, CancellationToken ct) =>
        (await services.GetRequiredService<SyncRunner>().RunAsync([tenant], request, ct))[0].Run;

    private ServiceProvider Services(EduCloudServer source, CapturedLog log)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["AzureWebJobsStorage"] = shared.ConnectionString,
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
        _registrations.ForEach(register => register(services));
        _feeds.ForEach(feed => services.AddSingleton(feed));
        return services.BuildServiceProvider();
    }
}
