using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

internal static class PlacementJson
{
    public static void Read(ref PageWalker json, ReadOptions options)
    {
        var (id, child, group) = (default(EntityId), default(EntityId), default(EntityId));
        var placement = new PlacementRow { SchoolYear = -1 };
        var isCancelled = false;
        var before = json.Misreadings;
        while (json.NextProperty())
        {
            if (json.Is("id"u8))
            {
                id = json.Id();
            }
            else if (json.Is("placedAt"u8))
            {
                placement.UnitId = json.Reference();
            }
            else if (json.Is("child"u8))
            {
                child = json.Reference();
            }
            else if (json.Is("group"u8))
            {
                group = json.Reference();
            }
            else if (json.Is("startDate"u8))
            {
                placement.Start = json.Day();
            }
            else if (json.Is("endDate"u8))
            {
                placement.End = json.Day();
            }
            else if (json.Is("cancelled"u8))
            {
                // The standard has it of enrolments alone.
                isCancelled = json.Flag();
            }
            else if (json.Is("schoolType"u8))
            {
                placement.SchoolType = json.Value(json.Whole.Vocabularies.SchoolTypes);
            }
            else
            {
                json.Skip();
            }
        }

        var matters = json.CanMatter(placement.Start, placement.End, before, isCancelled);
        if (matters)
        {
            json.RequireOf("child"u8, !child.IsNone, before);
            json.RequireOf("placedAt"u8, !placement.UnitId.IsNone, before);
        }

        placement.Person = json.Find(json.Whole.Persons, child, "child");
        placement.Unit = json.Find(json.Whole.Units, placement.UnitId, "placedAt");
        placement.Group = json.Find(json.Whole.Groups, group, "group");
        json.Require(("child", !child.IsNone), ("placedAt", !placement.UnitId.IsNone), ("startDate", !placement.Start.IsAbsent), ("schoolType", placement.SchoolType != 0));
        if (matters && json.IsDoubtful(id))
        {
            json.DoubtPerson(EntityKind.Placement, id, child);
            json.Tell(EntityKind.Placement, id);
        }

        placement.Cancelled = isCancelled;
        json.Close(EntityKind.Placement, id);
        json.Fragment.Placements.Add(id, placement);
    }
}
