using System.Text.Json;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.LocalHost.Serving;

/// <summary>The HTTP API over <see cref="SyncApi"/>, as the Functions app has it.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api");
        api.MapGet("/tenants", (SyncApi sync, HttpContext http) => AnswerAsync(http, sync.TenantsAsync(http.RequestAborted)));
        api.MapGet("/tenants/{tenant}/runs", (string tenant, SyncApi sync, HttpContext http) =>
            AnswerAsync(http, sync.RunsAsync(tenant, http.RequestAborted)));
        api.MapGet("/tenants/{tenant}/runs/{run}", (string tenant, string run, SyncApi sync, HttpContext http) =>
            AnswerAsync(http, sync.RunAsync(tenant, run, http.RequestAborted)));
        api.MapGet("/tenants/{tenant}/runs/{run}/plans/{feed}", (string tenant, string run, string feed, SyncApi sync, HttpContext http) =>
            AnswerAsync(http, sync.PlanAsync(tenant, run, feed, http.RequestAborted)));
        api.MapPost("/tenants/{tenant}/runs/{run}/approve", (string tenant, string run, SyncApi sync, HttpContext http) =>
            AnswerAsync(http, sync.ApproveAsync(tenant, run, http.Request.Body, http.RequestAborted)));
        api.MapGet("/tenants/{tenant}/people/{personId}", (string tenant, string personId, SyncApi sync, HttpContext http) =>
            AnswerAsync(http, sync.PersonAsync(tenant, personId, http.RequestAborted)));
        api.MapPost("/tenants/{tenant}/sync", (string tenant, SyncApi sync, HttpContext http) =>
            AnswerAsync(http, sync.SyncAsync(tenant, http.Request.Body, http.RequestAborted)));
        api.MapPost("/tenants/{tenant}/logins", (string tenant, LoginApi logins, HttpContext http) =>
            AnswerAsync(http, logins.LookUpAsync(tenant, http.Request.Headers.Authorization, http.Request.Body, http.RequestAborted)));
        api.MapGet("/health", async (BlobStorage blobs, HttpContext http) =>
        {
            // Ready is who reaches the storage.
            await blobs.CreateContainersAsync(http.RequestAborted);
            return Results.Json(new { Status = "ready" });
        });
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, Task<ApiAnswer> answering)
    {
        var answer = await answering;

        // A run that is announced must happen: its message is queued first, whether the caller still listens or not.
        await http.RequestServices.GetRequiredService<MessageQueues>().SendAsync(answer.Next, CancellationToken.None);
        if (answer.Location is { } location)
        {
            http.Response.Headers.Location = location;
        }

        http.Response.Headers.WWWAuthenticate = answer.Challenge;

        return Results.Text(JsonSerializer.Serialize(answer.Body, Serialization.Indented), answer.ContentType, statusCode: answer.Status);
    }
}
