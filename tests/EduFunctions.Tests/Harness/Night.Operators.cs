using System.Text.Json.Nodes;
using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Simulators.EduCloud;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Tests.Harness;

/// <content>What operators do after a night; the night's own school is not pulled then.</content>
public sealed partial class Night
{
    private static readonly Asker Olle = new("olle", "the school has confirmed it");

    /// <summary>Has an operator approve a plan; the night's own school is not pulled.</summary>
    /// <param name="carry">What becomes of the messages; null carries them as the command line does.</param>
    public Task<(NightResult Night, string? Refusal)> ApproveAsync(string run, string plan, Func<RosterPipeline, NextMessages, Task>? carry = null) =>
        AnswerAsync(run, approvals => approvals.ApproveAsync(Tenant, run, plan, Olle, CancellationToken.None), carry);

    /// <summary>Every plan that the run holds, by one decision.</summary>
    public Task<(NightResult Night, string? Refusal)> ApproveAllAsync(string run, Func<RosterPipeline, NextMessages, Task>? carry = null) =>
        AnswerAsync(run, approvals => approvals.ApproveAllAsync(Tenant, run, Olle, CancellationToken.None), carry);

    /// <summary>The same with a refusal.</summary>
    public Task<(NightResult Night, string? Refusal)> RefuseAsync(string run, string plan) =>
        AnswerAsync(run, approvals => approvals.RefuseAsync(Tenant, run, plan, Olle, CancellationToken.None), carry: null);

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

    /// <summary>A call to the API about the tenant; no night is begun.</summary>
    public Task<(int Status, JsonNode? Answer)> PostAsync(string path, JsonObject body) => CallAsync("POST", path, body.ToJsonString());

    /// <inheritdoc cref="PostAsync"/>
    public Task<(int Status, JsonNode? Answer)> GetAsync(string path) => CallAsync("GET", path, "");

    private async Task<(int Status, JsonNode? Answer)> CallAsync(string method, string path, string body)
    {
        await using var source = await EduCloudServer.StartAsync(school, _habits);
        _tenant.PointAt(source);
        await using var services = Services(source, new CapturedLog());
        await PublishAsync(services, await ground.DropBoxAsync(isNeeded: true), CancellationToken.None);
        var answer = await services.GetRequiredService<ApiRouter>().AnswerAsync(
            new ApiCall(method, $"/api/tenants/{Tenant}/{path.Split('?')[0]}", _ => null, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(body)), true)
            {
                Query = name => System.Web.HttpUtility.ParseQueryString(path.Split('?') is [_, var query] ? query : "")[name],
            },
            CancellationToken.None);
        return (answer.Status, JsonNode.Parse(answer.Text));
    }

    /// <summary>Takes a failed run up again; the night's own school is not pulled.</summary>
    public Task<NightResult> RequeueAsync(string run) => RunAsync(
        async (services, tenant, _, ct) =>
        {
            var answer = await services.GetRequiredService<Requeueing>().RequeueAsync(tenant, run, Olle, ct);
            await services.GetRequiredService<InlinePump>().RunAsync(answer.Next, ct);
            return (await services.GetRequiredService<RunStore>().FindAsync(tenant, run, ct))!;
        },
        CancellationToken.None);

    /// <summary>The night in a process that dies at a write of its storage; another one may go on with what it has left.</summary>
    /// <param name="run">The run whose plans are approved; null for a run of its own.</param>
    /// <returns>Null when it did not come to a run.</returns>
    internal async Task<NightResult?> DieAsync(DyingStorage storage, int write, Queued queued, string? run = null)
    {
        var found = true;
        var night = await Registering(services => services.AddSingleton(storage.Blobs)).RunAsync(
            async (services, tenant, request, ct) =>
            {
                var pipeline = services.GetRequiredService<RosterPipeline>();
                await storage.DieAsync(write, async () =>
                {
                    queued.Add(!queued.IsEmpty ? NextMessages.None
                        : run is null ? (await pipeline.StartAsync(tenant, request, ct)).Next
                        : (await services.GetRequiredService<Approvals>().ApproveAllAsync(tenant, run, new Asker("olle"), ct)).Next);
                    await queued.CarryAsync(pipeline, ct);
                });
                var runs = new RunStore(ground.Blobs, new Discretion(), TimeProvider.System);
                var newest = run ?? await runs.FindNewestAsync(tenant, ct);
                found = newest is not null;
                return found ? (await runs.FindAsync(tenant, newest!, ct))! : null!;
            },
            CancellationToken.None);
        return found ? night : null;
    }

    /// <summary>Goes on with what lies on the queues, of whatever run.</summary>
    internal Task<NightResult> GoOnAsync(Queued queued) => RunAsync(
        async (services, tenant, _, ct) =>
        {
            await services.GetRequiredService<InlinePump>().RunAsync(queued.Take(), ct);
            var runs = services.GetRequiredService<RunStore>();
            return (await runs.FindAsync(tenant, (await runs.FindNewestAsync(tenant, ct))!, ct))!;
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
                result = await services.GetRequiredService<Rebaselining>().RunAsync(setup, feed, isDryRun, Olle, ct);
                return (await runs.FindAsync(tenant, (await runs.FindNewestAsync(tenant, ct))!, ct))!;
            },
            CancellationToken.None);
        return result!;
    }

    /// <summary>What a feed's target has against what it was given; the night's own school is not pulled.</summary>
    public async Task<DriftResult> DriftAsync(string feed)
    {
        await using var source = await EduCloudServer.StartAsync(school, _habits);
        _tenant.PointAt(source);
        await using var services = Services(source, new CapturedLog());
        await PublishAsync(services, dropBox: null, CancellationToken.None);
        var setup = (await services.GetRequiredService<TenantStore>().ReadAsync(Tenant, CancellationToken.None)).Tenant;
        return await services.GetRequiredService<Drifting>().RunAsync(setup, feed, CancellationToken.None);
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
}
