using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Http;

/// <summary>Reads what callers send: small, soon, and to the last key what is expected.</summary>
internal static class RequestBody
{
    public const int MostBytes = 64 * 1024;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly JsonSerializerOptions Strict = new(Serialization.Compact)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <returns>Null for what is no such object.</returns>
    public static async Task<T?> ReadAsync<T>(Stream body, T? ifEmpty, CancellationToken ct)
        where T : class
    {
        var bytes = await BytesAsync(body, ct);
        try
        {
            return bytes.Length == 0 ? ifEmpty : JsonSerializer.Deserialize<T>(bytes, Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>For a call that takes no wishes: nothing, or an object without any.</summary>
    /// <exception cref="BodyRefusedException">It is more.</exception>
    public static async Task RequireNothingAsync(Stream body, CancellationToken ct)
    {
        if (await ReadAsync(body, new Nothing(), ct) is null)
        {
            throw new BodyRefusedException(400, "Bad request", "The call takes no body, or an empty JSON object.");
        }
    }

    private sealed record Nothing;

    /// <summary>The fields of a form as browsers send it, each empty when it is not there.</summary>
    public static async Task<Func<string, string>> FormAsync(Stream body, CancellationToken ct)
    {
        var form = System.Web.HttpUtility.ParseQueryString(System.Text.Encoding.UTF8.GetString(await BytesAsync(body, ct)));
        return name => form[name]?.Trim() ?? "";
    }

    /// <summary>What says itself that it is too long is not read at all.</summary>
    /// <exception cref="BodyRefusedException">It is.</exception>
    public static void RefuseLong(string? contentLength)
    {
        if (long.TryParse(contentLength, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > MostBytes)
        {
            throw BodyRefusedException.TooLong();
        }
    }

    private static async Task<byte[]> BytesAsync(Stream body, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            return await BytesInTimeAsync(body, patience.Token);
        }
        catch (Exception) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new BodyRefusedException(408, "Too slow", $"A body has to be here within {Patience.TotalSeconds:0} seconds.");
        }
        catch (IOException)
        {
            throw new BodyRefusedException(400, "Bad request", "The body broke off.");
        }
    }

    private static async Task<byte[]> BytesInTimeAsync(Stream body, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var block = new byte[4096];
        for (int read; (read = await body.ReadAsync(block, ct)) > 0;)
        {
            bytes.Write(block, 0, read);
            if (bytes.Length > MostBytes)
            {
                throw BodyRefusedException.TooLong();
            }
        }

        return bytes.ToArray();
    }
}

/// <summary>A body that is not read to its end.</summary>
internal sealed class BodyRefusedException(int status, string title, string detail) : Exception(detail)
{
    public ApiAnswer Answer { get; } = ApiAnswer.Problem(status, title, detail);

    public static BodyRefusedException TooLong() => new(413, "Too large", $"A body may have {RequestBody.MostBytes / 1024} KB.");
}
