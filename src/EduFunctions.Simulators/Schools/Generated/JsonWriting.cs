using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>The pieces that most entities have in common.</summary>
internal static class JsonWriting
{
    public static void WriteHead(this Utf8JsonWriter writer, Guid id, Calendar calendar, int index)
    {
        writer.WriteString("id", id);
        writer.WriteMeta(calendar, index);
    }

    public static void WriteMeta(this Utf8JsonWriter writer, Calendar calendar, int index)
    {
        writer.WriteStartObject("meta");
        writer.WriteString("created", "2020-08-01T08:00:00+02:00");
        writer.WriteString("modified", calendar.DayOfLastChange(index) + "T08:00:00+02:00");
        writer.WriteEndObject();
    }

    public static void WriteReference(this Utf8JsonWriter writer, string name, Guid id)
    {
        writer.WriteStartObject(name);
        writer.WriteString("id", id);
        writer.WriteEndObject();
    }

    public static void WriteReferences(this Utf8JsonWriter writer, string name, IEnumerable<Guid> ids)
    {
        writer.WriteStartArray(name);
        foreach (var id in ids)
        {
            writer.WriteStartObject();
            writer.WriteString("id", id);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WritePeriod(this Utf8JsonWriter writer, Period period)
    {
        writer.WriteOptional("startDate", period.Start);
        writer.WriteOptional("endDate", period.End);
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    public static void WriteAddress(
        this Utf8JsonWriter writer, string? type, string street, string locality, string country, int municipality)
    {
        writer.WriteOptional("type", type);
        writer.WriteString("streetAddress", street);
        writer.WriteString("locality", locality);
        writer.WriteString("postalCode", "99999");
        // A number in the standard, so leading zeros are gone, unlike in the unit's own code.
        writer.WriteNumber("municipalityCode", municipality);
        writer.WriteString("country", country);
    }

    public static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    public static void WriteFlags(this Utf8JsonWriter writer, WorldOptions options, bool activeUnit, bool toLms)
    {
        if (options.ExtensFlags)
        {
            writer.WriteNumber("aktivEnhet", activeUnit ? 1 : 0);
            writer.WriteString("tillLms", toLms ? "Y" : "N");
        }
    }
}
