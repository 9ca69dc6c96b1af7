using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using EduFunctions.Simulators.Http;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.ApplicationInsights;

/// <summary>Takes telemetry as the ingestion endpoint of Application Insights does: lines of JSON, mostly gzipped, each answered as accepted.</summary>
public sealed class IngestionServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _lines = new();
    private LoopbackServer? _server;

    public string ConnectionString =>
        $"InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint={_server!.Address}/;LiveEndpoint={_server.Address}/";

    /// <summary>Paths that were asked for.</summary>
    public ConcurrentBag<string> Paths { get; } = [];

    /// <summary>All items so far, as they left the exporter.</summary>
    public IReadOnlyList<string> Lines => [.. _lines];

    public static async Task<IngestionServer> StartAsync(CancellationToken ct = default)
    {
        var server = new IngestionServer();
        server._server = await LoopbackServer.StartAsync(server.AnswerAsync, ct);
        return server;
    }

    public IReadOnlyList<TelemetryItem> Items => [.. Lines.Select(line => new TelemetryItem(JsonElement.Parse(line)))];

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Paths.Add(context.Request.Path);
        var isGzipped = context.Request.Headers.ContentEncoding == "gzip";
        using var reader = new StreamReader(isGzipped ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body);
        var lines = (await reader.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
        {
            _lines.Enqueue(line);
        }

        await context.Response.WriteAsJsonAsync(new { itemsReceived = lines.Length, itemsAccepted = lines.Length, errors = Array.Empty<object>() });
    }
}

/// <summary>An item as the endpoint gets it.</summary>
public sealed record TelemetryItem(JsonElement Json)
{
    /// <summary>Request, RemoteDependency, Metric, Message, …</summary>
    public string Kind => Json.GetProperty("data").GetProperty("baseType").GetString()!;

    public JsonElement Data => Json.GetProperty("data").GetProperty("baseData");

    public string? Trace => Json.GetProperty("tags").TryGetProperty("ai.operation.id", out var id) ? id.GetString() : null;

    public string? Property(string name) =>
        Data.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>Name of the metric; null for anything else.</summary>
    public string? Metric => Data.TryGetProperty("metrics", out var metrics) ? metrics[0].GetProperty("name").GetString() : null;
}
