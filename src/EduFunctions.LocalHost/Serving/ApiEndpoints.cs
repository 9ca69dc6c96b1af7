using System.Net;
using EduFunctions.Pipeline.Http;

namespace EduFunctions.LocalHost.Serving;

/// <summary>Hands every request to the API's router, as the Functions app does.</summary>
internal static class ApiEndpoints
{
    public static void MapApi(this WebApplication app) => app.Run(async http =>
    {
        var call = new ApiCall(
            http.Request.Method, http.Request.Path, name => http.Request.Headers[name].FirstOrDefault(), http.Request.Body, IsOfThisMachine(http));
        var answer = await app.Services.GetRequiredService<ApiRouter>().AnswerAsync(call, http.RequestAborted);

        // A run that is announced must happen: its message is queued first, whether the caller still listens or not.
        await app.Services.GetRequiredService<MessageQueues>().SendAsync(answer.Next, CancellationToken.None);
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }

        if (answer.ContentType is not null)
        {
            await http.Response.WriteAsync(answer.Text, http.RequestAborted);
        }
    });

    public static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>By address and by name: a foreign name that leads here is how web pages reach into the machine of who looks at them.</summary>
    private static bool IsOfThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } caller && IPAddress.IsLoopback(caller) && IsLoopback(http.Request.Host.Host.Trim('[', ']'));
}
