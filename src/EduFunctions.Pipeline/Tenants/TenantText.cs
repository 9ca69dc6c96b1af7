using System.Text;
using System.Text.Json;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>The text of a tenant file: UTF-8, with or without byte order mark. Any other encoding is named as the fault.</summary>
internal static class TenantText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text without its mark, or what is wrong with its encoding.</summary>
    public static (byte[] Json, ConfigurationError? Error) Of(byte[] file)
    {
        if (file is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, _, ..] or [_, 0, ..])
        {
            return (file, Fault(1, "is text in UTF-16 or UTF-32"));
        }

        var json = file is [0xEF, 0xBB, 0xBF, ..] ? file[3..] : file;
        try
        {
            Strict.GetCharCount(json);
            return (json, null);
        }
        catch (DecoderFallbackException e)
        {
            var line = 1 + json.AsSpan(0, Math.Clamp(e.Index, 0, json.Length)).Count((byte)'\n');
            return (json, Fault(line, $"has the byte {e.BytesUnknown?.FirstOrDefault():x2}, which is not UTF-8 but most likely Windows-1252 or ISO 8859-1"));
        }
    }

    /// <summary>The id, as far as it can be read of a text that breaks off or is in another encoding.</summary>
    public static string? FindId(byte[] json) => Find(json, "id"u8);

    /// <summary>The same of what the tenant is called.</summary>
    public static string? FindName(byte[] json) => Find(json, "name"u8);

    private static string? Find(byte[] json, ReadOnlySpan<byte> key)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals(key))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // So far and no further.
        }

        return null;
    }

    private static ConfigurationError Fault(int line, string fault) => new("$", line, $"{fault}. Save the file as UTF-8");
}
