using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Stages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EduFunctions.App;

/// <summary>Every way into the app: the clock, the queues and the routes. What is to be done stands in the pipeline.</summary>
public sealed class Triggers(RosterPipeline pipeline, ApiRouter router)
{
    public const string Storage = "AzureWebJobsStorage";

    [Function(nameof(Nightly))]
    public async Task<Outbox> Nightly([TimerTrigger("%NightlySchedule%")] TimerInfo timer, CancellationToken ct) =>
        new(await pipeline.StartNightAsync(ct));

    [Function(nameof(Changes))]
    public async Task<Outbox> Changes([TimerTrigger("%ChangesSchedule%")] TimerInfo timer, CancellationToken ct) =>
        new(await pipeline.StartChangesAsync(ct));

    [Function(nameof(Watch))]
    public Task Watch([TimerTrigger("%WatchSchedule%")] TimerInfo timer, CancellationToken ct) => pipeline.WatchAsync(ct);

    [Function(nameof(Extract))]
    public async Task<Outbox> Extract([QueueTrigger(Queues.Extract, Connection = Storage)] string message, CancellationToken ct) =>
        new(await pipeline.ReceiveAsync<ExtractMessage>(Queues.Extract, message, pipeline.ExtractAsync, ct));

    [Function(nameof(Transform))]
    public async Task<Outbox> Transform([QueueTrigger(Queues.Transform, Connection = Storage)] string message, CancellationToken ct) =>
        new(await pipeline.ReceiveAsync<TransformMessage>(Queues.Transform, message, pipeline.TransformAsync, ct));

    [Function(nameof(Export))]
    public async Task<Outbox> Export([QueueTrigger(Queues.Export, Connection = Storage)] string message, CancellationToken ct) =>
        new(await pipeline.ReceiveAsync<ExportMessage>(Queues.Export, message, pipeline.ExportAsync, ct));

    [Function(nameof(ExtractPoison))]
    public Task ExtractPoison([QueueTrigger(Queues.Extract + Queues.PoisonSuffix, Connection = Storage)] string message, CancellationToken ct) =>
        pipeline.PoisonAsync(Queues.Extract, message, ct);

    [Function(nameof(TransformPoison))]
    public Task TransformPoison([QueueTrigger(Queues.Transform + Queues.PoisonSuffix, Connection = Storage)] string message, CancellationToken ct) =>
        pipeline.PoisonAsync(Queues.Transform, message, ct);

    [Function(nameof(ExportPoison))]
    public Task ExportPoison([QueueTrigger(Queues.Export + Queues.PoisonSuffix, Connection = Storage)] string message, CancellationToken ct) =>
        pipeline.PoisonAsync(Queues.Export, message, ct);

    [Function(nameof(Health))]
    public Task<Reply> Health([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/health")] HttpRequest request, CancellationToken ct) => AnyoneAsync(request, ct);

    [Function(nameof(OpenApi))]
    public Task<Reply> OpenApi([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/openapi.json")] HttpRequest request, CancellationToken ct) => AnyoneAsync(request, ct);

    [Function(nameof(Tenants))]
    public Task<Reply> Tenants([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/tenants")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(Runs))]
    public Task<Reply> Runs([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/tenants/{tenant}/runs")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(Run))]
    public Task<Reply> Run([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/tenants/{tenant}/runs/{run}")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(Person))]
    public Task<Reply> Person([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/tenants/{tenant}/people/{personId}")] HttpRequest request, CancellationToken ct) =>
        KnownAsync(request, ct);

    [Function(nameof(Poison))]
    public Task<Reply> Poison([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/tenants/{tenant}/poison")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(AllPoison))]
    public Task<Reply> AllPoison([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/poison")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(Sync))]
    public Task<Reply> Sync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/tenants/{tenant}/sync")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(Nights))]
    public Task<Reply> Nights([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/nights")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(Approve))]
    public Task<Reply> Approve([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/tenants/{tenant}/runs/{run}/approve")] HttpRequest request, CancellationToken ct) =>
        KnownAsync(request, ct);

    [Function(nameof(Approvals))]
    public Task<Reply> Approvals([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/approvals")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(Refuse))]
    public Task<Reply> Refuse([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/tenants/{tenant}/runs/{run}/refuse")] HttpRequest request, CancellationToken ct) =>
        KnownAsync(request, ct);

    [Function(nameof(Resend))]
    public Task<Reply> Resend([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/tenants/{tenant}/runs/{run}/resend")] HttpRequest request, CancellationToken ct) =>
        KnownAsync(request, ct);

    [Function(nameof(Requeue))]
    public Task<Reply> Requeue([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/tenants/{tenant}/runs/{run}/requeue")] HttpRequest request, CancellationToken ct) =>
        KnownAsync(request, ct);

    [Function(nameof(Logins))]
    public Task<Reply> Logins([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/tenants/{tenant}/logins")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(Plan))]
    public Task<Reply> Plan([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/tenants/{tenant}/runs/{run}/plans/{feed}")] HttpRequest request, CancellationToken ct) =>
        KnownAsync(request, ct);

    [Function(nameof(Receipt))]
    public Task<Reply> Receipt([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/tenants/{tenant}/runs/{run}/receipts/{feed}")] HttpRequest request, CancellationToken ct) =>
        KnownAsync(request, ct);

    [Function(nameof(Freezes))]
    public Task<Reply> Freezes([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/tenants/{tenant}/freezes")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(Freeze))]
    public Task<Reply> Freeze([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/tenants/{tenant}/freeze")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(Thaw))]
    public Task<Reply> Thaw([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/tenants/{tenant}/thaw")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(People))]
    public Task<Reply> People([HttpTrigger(AuthorizationLevel.Function, "post", Route = "api/tenants/{tenant}/people")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    [Function(nameof(History))]
    public Task<Reply> History([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/tenants/{tenant}/people/{personId}/history")] HttpRequest request, CancellationToken ct) =>
        KnownAsync(request, ct);

    [Function(nameof(List))]
    public Task<Reply> List([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/tenants/{tenant}/runs/{run}/lists/{list}")] HttpRequest request, CancellationToken ct) =>
        KnownAsync(request, ct);

    [Function(nameof(Acts))]
    public Task<Reply> Acts([HttpTrigger(AuthorizationLevel.Function, "get", "head", Route = "api/tenants/{tenant}/acts")] HttpRequest request, CancellationToken ct) => KnownAsync(request, ct);

    /// <summary>
    /// The status page, at the root and below, and whatever is no address at all, or not with this method. The host asks functions in the order of
    /// their names and takes the first whose route fits, so the one that fits always has the last name.
    /// </summary>
    [Function(nameof(Website))]
    public Task<Reply> Website(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "options", "post", "put", "patch", "delete", Route = "{*path}")] HttpRequest request,
        CancellationToken ct) =>
        AnyoneAsync(request, ct);

    /// <summary>The host has asked for the key. Of several it looked at the first alone and hands all on in one line: whoever sends several is nobody it knows.</summary>
    private Task<Reply> KnownAsync(HttpRequest request, CancellationToken ct) =>
        AnswerAsync(request, isVouchedFor: !request.Headers[Access.KeyHeader].ToString().Contains(','), ct);

    private Task<Reply> AnyoneAsync(HttpRequest request, CancellationToken ct) => AnswerAsync(request, isVouchedFor: false, ct);

    private async Task<Reply> AnswerAsync(HttpRequest request, bool isVouchedFor, CancellationToken ct) => new(await router.AnswerAsync(
        new ApiCall(request.Method, request.Path, name => request.Headers[name], request.Body, isVouchedFor)
        {
            Query = name => request.Query[name],
            Search = request.QueryString.Value ?? "",
        },
        ct));
}
