using System.IO.Compression;
using System.Text.Json;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Harness;

/// <summary>All of a collection as one page, for registers that nobody calls.</summary>
internal static class RegisterPage
{
    public static byte[] Of(ISchoolData school, string collection)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            for (var row = 0; row < school.Count(collection); row++)
            {
                school.Write(collection, row, json);
            }

            json.WriteEndArray();
            json.WriteNull("pageToken");
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    /// <summary>As snapshots keep it.</summary>
    public static byte[] Stored(byte[] body)
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return stored.ToArray();
    }
}
