using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

internal static class PlacementJson
{
    public static void Read(ref PageWalker json, ReadOptions options)
    {
        var (id, child, group) = (default(EntityId), default(EntityId), default(EntityId));
        var placement = new PlacementRow { SchoolYear = -1 };
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
                placement.Cancelled = json.Flag();
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

        placement.Group = json.Find(json.Whole.Groups, group, "group");
        End(ref json, id, placement, child, before);
    }

    /// <param name="before">How much was not understood before the placement began.</param>
    private static void End(ref PageWalker json, EntityId id, PlacementRow placement, EntityId child, int before)
    {
        var matters = json.CanMatter(placement.Start, placement.End, before, placement.Cancelled);
        if (matters)
        {
            json.RequireOf("child"u8, !child.IsNone, before);
            json.RequireOf("placedAt"u8, !placement.UnitId.IsNone, before);
        }

        placement.Person = json.Find(json.Whole.Persons, child, "child");
        placement.Unit = json.Find(json.Whole.Units, placement.UnitId, "placedAt");
        json.Require(("child", !child.IsNone), ("placedAt", !placement.UnitId.IsNone), ("startDate", !placement.Start.IsAbsent), ("schoolType", placement.SchoolType != 0));
        if (matters && json.IsDoubtful(id))
        {
            json.DoubtPerson(EntityKind.Placement, id, child);
            json.Tell(EntityKind.Placement, id);
        }

        json.Close(EntityKind.Placement, id);
        json.Fragment.Placements.Add(id, placement);
    }
}
