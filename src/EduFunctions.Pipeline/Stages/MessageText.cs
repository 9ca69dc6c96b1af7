using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Messages as they lie on the queues: JSON in base64. What people put there by hand may be plain JSON, or encoded once more by their tool; the Functions
/// host decodes once, and drops what is no base64 before anybody else sees it.
/// </summary>
public static class MessageText
{
    private const int MostEncodings = 2;

    public static string Of<T>(T message)
        where T : IStageMessage => Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(message, Serialization.Compact));

    /// <summary>The message; null for a text that is none, or that names no run.</summary>
    public static T? Read<T>(string text)
        where T : class, IStageMessage
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Plain(text), Serialization.Compact) is { NamesRun: true } message ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The text that was encoded; one that is no base64 of text stays as it is.</summary>
    public static string Plain(string text)
    {
        var plain = text;
        for (var encodings = 0; encodings < MostEncodings && TryDecode(plain) is { } decoded; encodings++)
        {
            plain = decoded;
        }

        return plain;
    }

    private static string? TryDecode(string text)
    {
        var bytes = new byte[text.Length];
        try
        {
            return Convert.TryFromBase64String(text, bytes, out var length) ? Strict.GetString(bytes, 0, length) : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static Encoding Strict { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
