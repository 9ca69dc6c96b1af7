using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

internal static class EnrolmentJson
{
    public static void Read(ref PageWalker json, int person)
    {
        if (!json.Array())
        {
            return;
        }

        json.Part = "enrolments";
        while (json.NextObject())
        {
            json.Fragment.SchoolPlacements.Add(ReadOne(ref json, person));
        }

        json.Part = "";
    }

    private static PlacementRow ReadOne(ref PageWalker json, int person)
    {
        var enrolment = new PlacementRow { Person = person, Unit = -1, Group = -1, SchoolYear = -1 };
        var before = json.Misreadings;
        while (json.NextProperty())
        {
            // The standard spells it with one l.
            if (json.Is("enroledAt"u8))
            {
                enrolment.UnitId = json.Reference();
            }
            else if (json.Is("startDate"u8))
            {
                enrolment.Start = json.Day();
            }
            else if (json.Is("endDate"u8))
            {
                enrolment.End = json.Day();
            }
            else if (json.Is("cancelled"u8))
            {
                enrolment.Cancelled = json.Flag();
            }
            else if (json.Is("schoolType"u8))
            {
                enrolment.SchoolType = json.Value(json.Whole.Vocabularies.SchoolTypes);
            }
            else if (json.Is("schoolYear"u8))
            {
                enrolment.SchoolYear = json.SmallNumber();
            }
            else
            {
                json.Skip();
            }
        }

        if (json.CanMatter(enrolment.Start, enrolment.End, before, enrolment.Cancelled))
        {
            json.RequireOf("enroledAt"u8, !enrolment.UnitId.IsNone, before);
            json.RequireOf("startDate"u8, !enrolment.Start.IsAbsent, before, PageWalker.Dates);
            json.HasCurrent = true;
        }

        enrolment.Unit = json.Find(json.Whole.Units, enrolment.UnitId, "enroledAt");
        json.Require(("enroledAt", !enrolment.UnitId.IsNone), ("startDate", !enrolment.Start.IsAbsent), ("schoolType", enrolment.SchoolType != 0));
        return enrolment;
    }
}
