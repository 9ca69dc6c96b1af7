using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Stages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EduFunctions.App;

/// <summary>Every way into the app: the clock, the queues and the routes. What is to be done stands in the pipeline.</summary>
public sealed class Triggers(RosterPipeline pipeline, SyncApi api, LoginApi logins)
{
    public const string Storage = "AzureWebJobsStorage";

    [Function(nameof(Nightly))]
    public async Task<Outbox> Nightly([TimerTrigger("%NightlySchedule%")] TimerInfo timer, CancellationToken ct) =>
        new(await pipeline.PlanNightAsync(ct));

    [Function(nameof(Watch))]
    public Task Watch([TimerTrigger("%WatchSchedule%")] TimerInfo timer, CancellationToken ct) => pipeline.WatchAsync(ct);

    [Function(nameof(Extract))]
    public async Task<Outbox> Extract([QueueTrigger(Queues.Extract, Connection = Storage)] ExtractMessage message, CancellationToken ct) =>
        new(await pipeline.ExtractAsync(message, ct));

    [Function(nameof(Transform))]
    public async Task<Outbox> Transform([QueueTrigger(Queues.Transform, Connection = Storage)] TransformMessage message, CancellationToken ct) =>
        new(await pipeline.TransformAsync(message, ct));

    [Function(nameof(Export))]
    public async Task<Outbox> Export([QueueTrigger(Queues.Export, Connection = Storage)] ExportMessage message, CancellationToken ct) =>
        new(await pipeline.ExportAsync(message, ct));

    [Function(nameof(ExtractPoison))]
    public Task ExtractPoison([QueueTrigger(Queues.Extract + Queues.PoisonSuffix, Connection = Storage)] string message, CancellationToken ct) =>
        pipeline.PoisonAsync(Queues.Extract, message, ct);

    [Function(nameof(TransformPoison))]
    public Task TransformPoison([QueueTrigger(Queues.Transform + Queues.PoisonSuffix, Connection = Storage)] string message, CancellationToken ct) =>
        pipeline.PoisonAsync(Queues.Transform, message, ct);

    [Function(nameof(ExportPoison))]
    public Task ExportPoison([QueueTrigger(Queues.Export + Queues.PoisonSuffix, Connection = Storage)] string message, CancellationToken ct) =>
        pipeline.PoisonAsync(Queues.Export, message, ct);

    [Function(nameof(Sync))]
    public async Task<Reply> Sync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "tenants/{tenant}/sync")] HttpRequest request, string tenant, CancellationToken ct) =>
        new(await api.SyncAsync(tenant, request.Body, ct));

    [Function(nameof(Tenants))]
    public async Task<IResult> Tenants(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "tenants")] HttpRequest request, CancellationToken ct) =>
        new HttpAnswer(await api.TenantsAsync(ct));

    [Function(nameof(Runs))]
    public async Task<IResult> Runs(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "tenants/{tenant}/runs")] HttpRequest request, string tenant, CancellationToken ct) =>
        new HttpAnswer(await api.RunsAsync(tenant, ct));

    [Function(nameof(Run))]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "tenants/{tenant}/runs/{run}")] HttpRequest request,
        string tenant, string run, CancellationToken ct) =>
        new HttpAnswer(await api.RunAsync(tenant, run, ct));

    [Function(nameof(Plan))]
    public async Task<IResult> Plan(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "tenants/{tenant}/runs/{run}/plans/{feed}")] HttpRequest request,
        string tenant, string run, string feed, CancellationToken ct) =>
        new HttpAnswer(await api.PlanAsync(tenant, run, feed, ct));

    [Function(nameof(Approve))]
    public async Task<Reply> Approve(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "tenants/{tenant}/runs/{run}/approve")] HttpRequest request,
        string tenant, string run, CancellationToken ct) =>
        new(await api.ApproveAsync(tenant, run, request.Body, ct));

    [Function(nameof(Person))]
    public async Task<IResult> Person(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "tenants/{tenant}/people/{personId}")] HttpRequest request,
        string tenant, string personId, CancellationToken ct) =>
        new HttpAnswer(await api.PersonAsync(tenant, personId, ct));

    [Function(nameof(Logins))]
    public async Task<IResult> Logins(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "tenants/{tenant}/logins")] HttpRequest request, string tenant, CancellationToken ct) =>
        new HttpAnswer(await logins.LookUpAsync(tenant, request.Headers.Authorization, request.Body, ct));
}
