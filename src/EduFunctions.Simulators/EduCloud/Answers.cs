using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using EduFunctions.Simulators.Schools;
using Microsoft.AspNetCore.Http;

namespace EduFunctions.Simulators.EduCloud;

/// <summary>The forms of answers: whole bodies, cut ones and errors.</summary>
internal static class Answers
{
    public const string InvalidFilter = "invalid_filter";

    public static ReadOnlyMemory<byte> Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using var writer = new Utf8JsonWriter(buffer, SchoolRows.Format);
        write(writer);
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <param name="gzip">What the compression is called; null for none.</param>
    public static async Task SendAsync(HttpContext context, int status, ReadOnlyMemory<byte> body, string? gzip = null)
    {
        if (status == StatusCodes.Status200OK && Habits(context).Tags && IsKnown(context, body))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        body = Prepare(context, status, body, gzip);
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    public static async Task SendHalfAsync(HttpContext context, ReadOnlyMemory<byte> body, string? gzip)
    {
        body = Prepare(context, StatusCodes.Status200OK, body, gzip);
        await context.Response.Body.WriteAsync(body[..(body.Length / 2)], context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    public static Task ErrorAsync(HttpContext context, int status, string code, string message) =>
        SendAsync(context, status, JsonSerializer.SerializeToUtf8Bytes(Habits(context).Error(code, message)));

    public static Task UnauthorizedAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return ErrorAsync(context, StatusCodes.Status401Unauthorized, "unauthorized", "The access token is missing or no longer valid.");
    }

    public static void RetryAfter(HttpContext context, TimeSpan? time)
    {
        if (time is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static ReadOnlyMemory<byte> Prepare(HttpContext context, int status, ReadOnlyMemory<byte> body, string? gzip)
    {
        if (gzip is not null && context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.ContentEncoding = gzip;
            body = Compress(body);
        }

        context.Response.Headers.Date = Habits(context).Clock.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);

        // Without a charset, as the real service sends it.
        context.Response.ContentType = Habits(context).MediaType;
        context.Response.StatusCode = status;
        context.Response.ContentLength = Habits(context).Chunked ? null : body.Length;
        return body;
    }

    /// <summary>Whether who asks has this very body; the answer is tagged in any case.</summary>
    private static bool IsKnown(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body.Span))}\"";
        context.Response.Headers.ETag = tag;
        return context.Request.Headers.IfNoneMatch == tag;
    }

    private static EduCloudHabits Habits(HttpContext context) => (EduCloudHabits)context.Items[nameof(EduCloudHabits)]!;

    private static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> body)
    {
        var compressed = new MemoryStream(body.Length / 4);
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }

        return compressed.GetBuffer().AsMemory(0, (int)compressed.Length);
    }
}
