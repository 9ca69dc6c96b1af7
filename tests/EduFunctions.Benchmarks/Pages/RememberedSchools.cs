using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Benchmarks.Pages;

/// <summary>School data whose rows are made once, so that the simulated source is not what is measured.</summary>
internal sealed class RememberedSchools : ISchoolData
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Dictionary<string, byte[][]> _rows;

    public RememberedSchools(ISchoolData schools) => _rows = Collections.All.ToDictionary(name => name, name => Rows(schools, name));

    public int Count(string collection) => _rows[collection].Length;

    public void Write(string collection, int index, Utf8JsonWriter writer) =>
        writer.WriteRawValue(_rows[collection][index], skipInputValidation: true);

    private static byte[][] Rows(ISchoolData schools, string collection)
    {
        var rows = new byte[schools.Count(collection)][];
        Parallel.For(0, rows.Length, row =>
        {
            var bytes = new ArrayBufferWriter<byte>();
            using (var writer = new Utf8JsonWriter(bytes, Json))
            {
                schools.Write(collection, row, writer);
            }

            rows[row] = bytes.WrittenSpan.ToArray();
        });
        return rows;
    }
}
