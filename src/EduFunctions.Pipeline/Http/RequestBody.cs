using System.Text.Json;
using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Http;

/// <summary>Reads what callers send: small, and to the last key what is expected.</summary>
internal static class RequestBody
{
    public const int MostBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Strict = new(Serialization.Compact) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

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

    /// <summary>A field of a form as browsers send it; empty when it is not there.</summary>
    public static async Task<string> FieldAsync(Stream body, string name, CancellationToken ct)
    {
        var form = System.Text.Encoding.UTF8.GetString(await BytesAsync(body, ct));
        return System.Web.HttpUtility.ParseQueryString(form)[name]?.Trim() ?? "";
    }

    private static async Task<byte[]> BytesAsync(Stream body, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        var block = new byte[4096];
        for (int read; (read = await body.ReadAsync(block, ct)) > 0;)
        {
            bytes.Write(block, 0, read);
            if (bytes.Length > MostBytes)
            {
                throw new BodyTooLargeException();
            }
        }

        return bytes.ToArray();
    }
}

internal sealed class BodyTooLargeException : Exception;
