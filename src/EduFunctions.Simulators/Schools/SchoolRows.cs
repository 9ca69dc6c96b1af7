using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EduFunctions.Simulators.Schools;

/// <summary>Looks at school data row by row, as its reader would.</summary>
public static class SchoolRows
{
    // å, ä and ö as themselves, as the real API sends them.
    internal static JsonWriterOptions Format { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static JsonObject Row(this ISchoolData data, string collection, int index)
    {
        var buffer = new ArrayBufferWriter<byte>();
        return (JsonObject)JsonNode.Parse(Bytes(data, collection, index, buffer))!;
    }

    public static IEnumerable<JsonObject> Rows(this ISchoolData data, string collection) =>
        Enumerable.Range(0, data.Count(collection)).Select(index => data.Row(collection, index));

    /// <summary>The indices of the rows with an id; more than one where the source repeats itself.</summary>
    public static IEnumerable<int> IndicesOf(this ISchoolData data, string collection, string id)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var wanted = Encoding.UTF8.GetBytes(id);
        for (var index = 0; index < data.Count(collection); index++)
        {
            // Parsing is dear; most rows do not even contain the id.
            var bytes = Bytes(data, collection, index, buffer);
            if (bytes.IndexOf(wanted) >= 0 && (string?)JsonNode.Parse(bytes)!["id"] == id)
            {
                yield return index;
            }
        }
    }

    private static ReadOnlySpan<byte> Bytes(ISchoolData data, string collection, int index, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer, Format))
        {
            data.Write(collection, index, writer);
        }

        return buffer.WrittenSpan;
    }
}
