using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

internal static class ResponsibleJson
{
    public static void Read(ref PageWalker json, int student)
    {
        if (!json.Array())
        {
            return;
        }

        json.Part = "responsibles";
        while (json.NextObject())
        {
            json.Fragment.Responsibles.Add(ReadOne(ref json, student));
        }

        json.Part = "";
    }

    private static ResponsibleRow ReadOne(ref PageWalker json, int student)
    {
        var responsible = new ResponsibleRow { Student = student, Responsible = -1 };
        var (before, end) = (json.Misreadings, default(Day));
        while (json.NextProperty())
        {
            if (json.Is("person"u8))
            {
                responsible.ResponsibleId = json.Reference();
            }
            else if (json.Is("relationType"u8))
            {
                responsible.Relation = json.Value(json.Whole.Vocabularies.Relations);
            }
            else if (json.Is("endDate"u8))
            {
                end = json.Day();
            }
            else
            {
                json.Skip();
            }
        }

        // The standard has no end here; registers that have one tell the past by it.
        if (json.CanMatter(default, end, before))
        {
            json.RequireOf("person"u8, !responsible.ResponsibleId.IsNone, before);
        }

        json.Require(("person", !responsible.ResponsibleId.IsNone), ("relationType", responsible.Relation != 0));
        return responsible;
    }
}
