using System.Text;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// Ids as sources write them: a uuid, also in braces and in either case, or any other text of at most 64 characters. Blanks around one are no part of it;
/// within a text that is no uuid case counts.
/// </summary>
internal static class SourceIds
{
    private const int Longest = 64;

    public static bool TryRead(ReadOnlySpan<byte> utf8, out EntityId id)
    {
        if (utf8.Length is > 0 and <= Longest && IsPlain(utf8[0]) && IsPlain(utf8[^1]) && utf8.Length != EntityId.UuidLength)
        {
            return TextIds.TryAdd(utf8, out id);
        }

        var text = Encoding.UTF8.GetString(utf8).Trim();
        var bare = text is ['{', .., '}'] ? text[1..^1].Trim() : text;
        if (!Guid.TryParseExact(bare, "D", out _))
        {
            id = default;
            return text.Length <= Longest && TextIds.TryAdd(Encoding.UTF8.GetBytes(text), out id);
        }

        // The last of all uuids are no ids of uuids here (EntityId), and are kept as the texts they are.
        var uuid = Encoding.UTF8.GetBytes(bare.ToLowerInvariant());
        return EntityId.TryParse(uuid, out id) || TextIds.TryAdd(uuid, out id);
    }

    /// <summary>Whether a text cannot begin or end with something to take away.</summary>
    private static bool IsPlain(byte value) => value is > (byte)' ' and < 0x80 and not ((byte)'{' or (byte)'}');
}
