using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>Places of preschool children, and of some of the youngest pupils at the leisure-time centre.</summary>
internal sealed class PlacementWriter(WorldLayout layout, WorldIds ids, PersonReferences references)
{
    private static readonly string[] Reasons = ["Omsorgsbehov", "Erbjuden tid", "Eget behov"];

    public int Count => layout.Placements.Total;

    public void Write(int index, Utf8JsonWriter writer)
    {
        var (schoolIndex, number) = layout.Placements.Locate(index);
        var school = layout.Schools[schoolIndex];
        var child = new Person(school, Role.Student, school.ChildOfPlacement(number));
        var stay = layout.StayOf(child);
        var isPreschool = school.Kind == SchoolKind.Preschool;
        writer.WriteStartObject();
        writer.WriteHead(ids.Placement(index), layout.Calendar, index);
        writer.WriteReference("placedAt", ids.UnitOf(stay, school));
        references.Write(writer, "child", child);
        writer.WriteString("schoolType", isPreschool ? "FS" : "FTH");
        writer.WritePeriod(layout.Calendar.Of(stay, number));
        if (isPreschool)
        {
            writer.WriteReference("group", ids.Group(school, school.ClassOf(child.Number)));
        }

        WriteOwners(child, writer);
        writer.WriteString("reason", Reasons[number % Reasons.Length]);
        writer.WriteEndObject();
    }

    private void WriteOwners(Person child, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("owners");
        references.Write(writer, child with { Role = Role.Guardian, Number = child.Number / 2 * 2 });
        writer.WriteEndArray();
    }
}
