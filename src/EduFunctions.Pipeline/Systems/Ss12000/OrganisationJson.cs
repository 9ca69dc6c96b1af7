using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

internal static class OrganisationJson
{
    public static void Read(ref PageWalker json, ReadOptions options)
    {
        var id = default(EntityId);
        var unit = new UnitRow { Parent = -1, Municipality = -1 };
        var before = json.Misreadings;
        var (code, organisationCode) = (default(Text), default(Text));
        while (json.NextProperty())
        {
            if (json.Is("id"u8))
            {
                id = json.Id();
            }
            else if (json.Is("displayName"u8))
            {
                unit.Name = json.Text();
            }
            else if (json.Is("organisationType"u8))
            {
                unit.Type = json.Value(json.Whole.Vocabularies.UnitTypes);
            }
            else if (json.Is("parentOrganisation"u8))
            {
                unit.ParentId = json.Reference();
            }
            else if (json.Is("schoolUnitCode"u8))
            {
                code = json.Code();
            }
            else if (json.Is("organisationCode"u8) && SchoolUnitCode.IsIn(options, SchoolUnitCode.Organisation))
            {
                organisationCode = json.Code();
            }
            else if (json.Is("schoolTypes"u8))
            {
                unit.SchoolTypes = ReadSchoolTypes(ref json);
            }
            else if (json.Is("municipalityCode"u8))
            {
                unit.Municipality = json.Municipality();
            }
            else if (json.Is("startDate"u8))
            {
                unit.Start = json.Day();
            }
            else if (json.Is("endDate"u8))
            {
                unit.End = json.Day();
            }
            else
            {
                ReadSelection(ref json, options, ref unit);
            }
        }

        unit.SchoolUnitCode = SchoolUnitCode.Choose(options, code, organisationCode);
        End(ref json, id, unit, before);
    }

    /// <param name="before">How much was not understood before the unit began.</param>
    private static void End(ref PageWalker json, EntityId id, UnitRow unit, int before)
    {
        var matters = json.CanMatter(unit.Start, unit.End, before);
        unit.Name = json.NameOr(id, unit.Name);
        json.Require(("organisationType", unit.Type != 0));
        if (matters && json.IsDoubtful(id))
        {
            json.Doubt(EntityKind.Unit, id);
            json.Tell(EntityKind.Unit, id);
        }

        json.Close(EntityKind.Unit, id);
        json.Fragment.Units.Add(id, unit);
    }

    /// <summary>The two flags have no place in the standard: their names are the tenant's setting.</summary>
    private static void ReadSelection(ref PageWalker json, ReadOptions options, ref UnitRow unit)
    {
        var (active, toLms) = (json.Is(options.ActiveUnitProperty), json.Is(options.ToLmsProperty));
        if (!active && !toLms)
        {
            json.Skip();
            return;
        }

        var value = json.Sign();
        unit.ActiveProperty |= active && SelectionValue.IsOne(value);
        unit.ToLmsProperty |= toLms && SelectionValue.IsYes(value);
    }

    private static ulong ReadSchoolTypes(ref PageWalker json)
    {
        var types = 0UL;
        if (json.Array())
        {
            while (json.NextItem())
            {
                types |= SchoolTypeSet.Of(json.Value(json.Whole.Vocabularies.SchoolTypes));
            }
        }

        return types;
    }
}
