using System.Text.Json;

namespace EduFunctions.Simulators.Schools;

/// <summary>Schools as SS 12000:2020 entities. Reading is safe from several threads, and the same index gives the same row.</summary>
public interface ISchoolData
{
    int Count(string collection);

    /// <summary>Writes one row as a JSON object.</summary>
    void Write(string collection, int index, Utf8JsonWriter writer);
}
