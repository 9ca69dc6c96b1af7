using System.Text.Json;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Benchmarks.Pages;

/// <summary>Schools of which, from the second night on, one person in a thousand has another family name.</summary>
/// <param name="repeats">Whether the invented municipality's last persons are those that stand on an earlier page too.</param>
internal sealed class ChangingSchools(ISchoolData schools, bool repeats) : ISchoolData
{
    private const int OneOf = 1000;
    private const int Repeated = 2;

    public bool IsSecondNight { get; set; }

    public int Count(string collection) => schools.Count(collection) - (collection == Collections.Persons && !repeats ? Repeated : 0);

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
