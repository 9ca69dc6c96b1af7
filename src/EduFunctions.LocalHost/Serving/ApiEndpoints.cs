using System.Net;
using EduFunctions.Pipeline.Http;

namespace EduFunctions.LocalHost.Serving;

/// <summary>Hands every request to the API's router, as the Functions app does.</summary>
internal static class ApiEndpoints
{
    private const string HealthCheck = "/api/health";

    /// <summary>What proxies say of who called them: who bears one of these comes from elsewhere, whatever the connection looks like.</summary>
    private static readonly string[] OfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"];

    public static void MapApi(this WebApplication app) => app.Run(async http =>
    {
        var call = new ApiCall(
            http.Request.Method, http.Request.Path, name => http.Request.Headers[name], http.Request.Body, IsOfThisMachine(http))
        {
            Query = name => http.Request.Query[name],
            Search = http.Request.QueryString.Value ?? "",
        };
        var router = app.Services.GetRequiredService<ApiRouter>();
        if (IsInClear(http.Request.IsHttps, http.Connection.RemoteIpAddress) && http.Request.Path != HealthCheck)
        {
            await WriteAsync(http, router.Shown(call, ApiRouter.InClear));
            return;
        }

        var answer = await router.AnswerAsync(call, http.RequestAborted);
        await WriteAsync(http, router.Shown(call, await QueuedAsync(app.Services, answer)));
    });

    public static Task WriteAsync(HttpContext http, ApiAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }

        return answer.ContentType is null ? Task.CompletedTask : http.Response.WriteAsync(answer.Text, http.RequestAborted);
    }

    /// <summary>A run that is announced must happen: its message is queued first, whether the caller still listens or not.</summary>
    private static async Task<ApiAnswer> QueuedAsync(IServiceProvider services, ApiAnswer answer)
    {
        try
        {
            await services.GetRequiredService<MessageQueues>().SendAsync(answer.Next, CancellationToken.None);
            return answer;
        }
        catch (Exception e)
        {
            services.GetRequiredService<ILogger<MessageQueues>>().LogError("What a call began could not be queued ({Problem})", Trouble.Of(e));
            return ApiRouter.NotQueued;
        }
    }

    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether others on the way could read the key.</summary>
    public static bool IsInClear(bool isHttps, IPAddress? caller) => !isHttps && caller is not null && !IPAddress.IsLoopback(caller);

    /// <summary>Whether somebody else is behind the connection.</summary>
    public static bool IsForwarded(IHeaderDictionary headers) => OfProxies.Any(headers.ContainsKey);

    /// <summary>By address and by name: a foreign name that leads here is how web pages reach into the machine of who looks at them.</summary>
    private static bool IsOfThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller) && !IsForwarded(http.Request.Headers) && IsLoopback(http.Request.Host.Host.Trim('[', ']'));
}
