using System.Text.Json;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Benchmarks.Pages;

/// <summary>Schools of which, from the second night on, one person in a thousand has another family name.</summary>
internal sealed class ChangingSchools(ISchoolData schools) : ISchoolData
{
    private const int OneOf = 1000;

    public bool IsSecondNight { get; set; }

    public int Count(string collection) => schools.Count(collection);

    public void Write(string collection, int index, Utf8JsonWriter writer)
    {
        if (!IsSecondNight || collection != Collections.Persons || index % OneOf != OneOf / 2)
        {
            schools.Write(collection, index, writer);
            return;
        }

        var row = schools.Row(collection, index);
        row["familyName"] = "Nattsjö";
        row.WriteTo(writer);
    }
}
