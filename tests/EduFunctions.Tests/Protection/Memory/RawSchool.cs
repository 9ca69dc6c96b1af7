using System.Text;
using System.Text.Json;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Rows as a register writes them that no library would: a text of the JSON is replaced by another.</summary>
internal sealed class RawSchool(ISchoolData school, string what, string by) : ISchoolData
{
    public int Count(string collection) => school.Count(collection);

    public void Write(string collection, int index, Utf8JsonWriter writer)
    {
        using var row = new MemoryStream();
        using (var plain = new Utf8JsonWriter(row))
        {
            school.Write(collection, index, plain);
        }

        writer.WriteRawValue(Encoding.UTF8.GetString(row.ToArray()).Replace(what, by, StringComparison.Ordinal));
    }
}
