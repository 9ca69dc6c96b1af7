using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.Http;

/// <summary>A receiver that takes files by PUT from whoever shows its token, and keeps the last one of each name.</summary>
public sealed class PutReceiver : IAsyncDisposable
{
    public const string Token = "Bearer only-the-sender-knows";

    private const string Folder = "/upload/";

    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private readonly ConcurrentQueue<string> _calls = new();
    private LoopbackServer? _server;

    /// <summary>Where files are put.</summary>
    public string Address => _server!.Address + Folder;

    /// <summary>Statuses with which calls are answered, one after the other, before files are taken.</summary>
    public ConcurrentQueue<int> Answering { get; } = new();

    public IReadOnlyDictionary<string, byte[]> Files => _files;

    /// <summary>Method, path and type of every call.</summary>
    public IReadOnlyList<string> Calls => [.. _calls];

    public static async Task<PutReceiver> StartAsync(CancellationToken ct = default)
    {
        var receiver = new PutReceiver();
        receiver._server = await LoopbackServer.StartAsync(receiver.AnswerAsync, ct);
        return receiver;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        _calls.Enqueue($"{context.Request.Method} {context.Request.Path.Value} {context.Request.ContentType}");
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        context.Response.Headers.Location = "/elsewhere";
        context.Response.StatusCode = context.Request.Headers.Authorization != Token ? StatusCodes.Status401Unauthorized
            : Answering.TryDequeue(out var status) ? status
            : context.Request.Method != "PUT" ? StatusCodes.Status404NotFound
            : _files.ContainsKey(NameOf(context)) ? StatusCodes.Status204NoContent
            : StatusCodes.Status201Created;
        if (context.Response.StatusCode is StatusCodes.Status201Created or StatusCodes.Status204NoContent)
        {
            _files[NameOf(context)] = body.ToArray();
        }
    }

    private static string NameOf(HttpContext context) => context.Request.Path.Value![Folder.Length..];
}
