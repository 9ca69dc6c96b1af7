using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using EduFunctions.Simulators.Http;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.Alarms;

/// <summary>A chat system that takes posts at one secret address.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private const string Path = "/hooks/only-the-channel-knows";

    private readonly ConcurrentQueue<JsonElement> _received = new();
    private LoopbackServer? _server;

    public string Address => _server!.Address + Path;

    /// <summary>Posts that are answered with this status, and not kept, before others are taken.</summary>
    public int Refusing { get; set; }

    /// <summary>Posts so far, the refused ones too.</summary>
    public int Asked { get; private set; }

    public IReadOnlyList<JsonElement> Received => [.. _received];

    public static async Task<WebhookReceiver> StartAsync(CancellationToken ct = default)
    {
        var receiver = new WebhookReceiver();
        receiver._server = await LoopbackServer.StartAsync(receiver.AnswerAsync, ct);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Asked++;
        var isTaken = context.Request is { Method: "POST", Path.Value: Path, ContentType: { } type } && type.StartsWith("application/json", StringComparison.Ordinal);
        if (!isTaken || Refusing-- > 0)
        {
            context.Response.StatusCode = (int)(isTaken ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.NotFound);
            return;
        }

        _received.Enqueue((await JsonDocument.ParseAsync(context.Request.Body)).RootElement.Clone());
        context.Response.StatusCode = (int)HttpStatusCode.Accepted;
    }
}
