using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>Municipality, department, then school and unit in turn, then the special units.</summary>
internal sealed class OrganisationWriter(WorldLayout layout, WorldIds ids)
{
    private const int Above = 2;
    private static readonly int SpecialUnits = Enum.GetValues<SpecialUnit>().Length;

    public int Count => Above + (2 * layout.Schools.Count) + SpecialUnits;

    public void Write(int index, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        if (index < Above)
        {
            WriteAbove(index, writer);
        }
        else if (index < Count - SpecialUnits)
        {
            var school = layout.Schools[(index - Above) / 2];
            WriteSchool(school, isUnit: index % 2 == 1, index, writer);
        }
        else
        {
            new SpecialUnitWriter(layout, ids).Write((SpecialUnit)(index - Count + SpecialUnits), index, writer);
        }

        writer.WriteEndObject();
    }

    private void WriteAbove(int index, Utf8JsonWriter writer)
    {
        var isAuthority = index == 0;
        writer.WriteHead(isAuthority ? ids.Authority : ids.Department, layout.Calendar, index);
        writer.WriteString("displayName", isAuthority ? layout.Options.Municipality : "Barn- och utbildningsförvaltningen");
        writer.WriteString("organisationType", isAuthority ? "Huvudman" : "Förvaltning");
        writer.WriteString("municipalityCode", layout.Options.MunicipalityCode);
        writer.WriteString("startDate", "2010-01-01");
        if (!isAuthority)
        {
            writer.WriteReference("parentOrganisation", ids.Authority);
        }
    }

    private void WriteSchool(SchoolLayout school, bool isUnit, int index, Utf8JsonWriter writer)
    {
        writer.WriteHead(isUnit ? ids.Unit(school) : ids.School(school), layout.Calendar, index);
        writer.WriteString("displayName", SchoolName(school));
        writer.WriteString("organisationType", isUnit ? "Skolenhet" : "Skola");
        writer.WriteReference("parentOrganisation", isUnit ? ids.School(school) : ids.Department);
        if (isUnit)
        {
            WriteUnit(school, writer);
        }
        else
        {
            writer.WriteString("organisationCode", $"SK{school.Index:0000}");
        }

        // Some units leave the municipality to the school above them.
        if (!isUnit || school.Index % 4 != 1)
        {
            writer.WriteString("municipalityCode", layout.Options.MunicipalityCode);
        }

        writer.WriteString("startDate", "2012-07-01");
    }

    private void WriteUnit(SchoolLayout school, Utf8JsonWriter writer)
    {
        writer.WriteString("schoolUnitCode", $"{99000000 + school.Index}");
        writer.WriteStrings("schoolTypes", school.Kind.SchoolTypes);
        writer.WriteStartObject("address");
        writer.WriteAddress("Besöksadress", $"Skolvägen {school.Index + 1}", "Nordhamn", "Sverige", layout.MunicipalityNumber);
        writer.WriteEndObject();
        writer.WriteString("email", $"skola{school.Index}@{layout.Options.EmailDomain}");
        writer.WriteFlags(layout.Options, activeUnit: true, toLms: true);
    }

    private string SchoolName(SchoolLayout school)
    {
        var thrown = Dice.Throw(layout.Options.Seed, salt: 200, school.Index);
        var place = Dice.Pick(NameParts.PlaceBeginnings, thrown) + Dice.Pick(NameParts.PlaceEndings, thrown >> 8);
        return $"{place}{school.Kind.NameEnding}";
    }
}
