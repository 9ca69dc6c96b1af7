using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.Azure.WebJobs.Extensions.Http;

namespace EduFunctions.FunctionsHost.Triggers;

/// <summary>The platform's own router over the functions, one after the other: the first route that fits answers.</summary>
internal sealed class HttpFront(WebJobsRouter router, HostKeys keys) : IWebJobsRouteHandler, IDisposable
{
    private const string KeyHeader = "x-functions-key";
    private const string InvocationHeader = "x-ms-invocation-id";
    private const int MostTries = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HttpMessageInvoker _worker = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });
    private Dictionary<string, AppFunction> _functions = [];
    private Invoker? _invoker;

    /// <param name="functions">In the host's order.</param>
    public void Open(IReadOnlyList<AppFunction> functions, string routePrefix, Invoker invoker)
    {
        _invoker = invoker;
        _functions = functions.ToDictionary(function => function.Name);
        var routes = router.CreateBuilder(this, routePrefix);
        foreach (var function in functions.Where(function => function.TriggerType == "httpTrigger"))
        {
            var constraints = new Dictionary<string, object> { ["httpMethod"] = new HttpMethodRouteConstraint([.. function.Methods]) };
            routes.MapFunctionRoute(function.Name, function.Route ?? function.Name, constraints, function.Name);
        }

        router.AddFunctionRoutes(routes.Build(), null);
    }

    public async Task InvokeAsync(HttpContext context, string functionName)
    {
        var function = _functions[functionName];
        if (!keys.Opens(context.Request.Headers[KeyHeader].FirstOrDefault() ?? context.Request.Query["code"], function))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await _invoker!.HttpAsync(function, (worker, invocation) => ForwardAsync(context, worker, invocation), context.RequestAborted);
    }

    public void Dispose() => _worker.Dispose();

    private async Task ForwardAsync(HttpContext context, Uri worker, string invocation)
    {
        using var answer = await SendAsync(context, worker, invocation);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            context.Response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }

    /// <summary>A worker says that it is there a moment before it listens, so a refused connection is tried again; nothing of the request has been read then.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpContext context, Uri worker, string invocation)
    {
        for (var tries = 1; ; tries++)
        {
            using var request = Copy(context, worker);
            request.Headers.Add(InvocationHeader, invocation);
            try
            {
                return await _worker.SendAsync(request, context.RequestAborted);
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError && tries < MostTries)
            {
                await Task.Delay(Pause, context.RequestAborted);
            }
        }
    }

    private static HttpRequestMessage Copy(HttpContext context, Uri worker)
    {
        // Sent on as it came: paths with dots or escaped slashes are the app's to judge.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var address = new Uri(worker.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), address);
        if (context.Request.ContentLength > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => header.Key != "Transfer-Encoding"))
        {
            _ = request.Headers.TryAddWithoutValidation(name, [.. values]) || request.Content?.Headers.TryAddWithoutValidation(name, [.. values]) == true;
        }

        return request;
    }
}
