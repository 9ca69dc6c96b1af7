using System.Globalization;
using System.IO.Hashing;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Storage;

/// <summary>
/// Records in JSON that the next night goes by. One flipped bit leaves most of them JSON, and says something else: so their checksum stands beside them, in the
/// blob's metadata, where the release before does not look; one without it was written by that release. And none counts that lacks what it has to say.
/// </summary>
internal static class StateJson
{
    internal const string SumNote = "sum";

    private static readonly JsonSerializerOptions Strict = new(Serialization.Indented)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Serialization.Indented);

    /// <summary>What stands beside it.</summary>
    /// <param name="others">What else does.</param>
    public static Dictionary<string, string> NoteOf(ReadOnlySpan<byte> json, IDictionary<string, string>? others = null) =>
        new(others ?? new Dictionary<string, string>(), StringComparer.OrdinalIgnoreCase) { [SumNote] = SumOf(json) };

    /// <summary>Whether it is as it was written, as far as anything says how that was.</summary>
    public static bool IsWhole(StoredBlob blob) => !blob.Metadata.TryGetValue(SumNote, out var sum) || sum == SumOf(blob.Content);

    /// <param name="remedy">What an operator does about one that cannot be read.</param>
    /// <exception cref="UnreadableBlobException">It is damaged.</exception>
    public static T Parse<T>(string container, string name, StoredBlob blob, string remedy)
        where T : class => TryParse<T>(blob) ?? throw new UnreadableBlobException(container, name, remedy);

    /// <summary>Null for what is damaged.</summary>
    public static T? TryParse<T>(StoredBlob blob)
        where T : class
    {
        try
        {
            return IsWhole(blob) ? JsonSerializer.Deserialize<T>(blob.Content, Strict) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string SumOf(ReadOnlySpan<byte> json) => XxHash3.HashToUInt64(json).ToString("x16", CultureInfo.InvariantCulture);
}
