using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Storage;

/// <summary>Records of our own in JSON.</summary>
internal static class StoredJson
{
    /// <param name="remedy">What an operator does about one that cannot be read.</param>
    /// <exception cref="UnreadableBlobException">It is none.</exception>
    public static T Parse<T>(string container, string name, ReadOnlySpan<byte> json, string remedy)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Serialization.Indented) ?? throw new UnreadableBlobException(container, name, remedy);
        }
        catch (JsonException e)
        {
            throw new UnreadableBlobException(container, name, remedy, e);
        }
    }

    /// <summary>Null for what cannot be read, of records that the next change makes anew.</summary>
    public static T? TryParse<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Serialization.Indented);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
