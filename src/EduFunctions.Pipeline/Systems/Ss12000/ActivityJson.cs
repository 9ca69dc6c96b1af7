using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

internal static class ActivityJson
{
    public static void Read(ref PageWalker json, ReadOptions options)
    {
        var (id, syllabus) = (default(EntityId), default(EntityId));
        var activity = default(ActivityRow);
        var row = json.Fragment.Activities.Count;
        var (hasGroups, before) = (false, json.Misreadings);
        json.Ids.Clear();
        while (json.NextProperty())
        {
            if (json.Is("id"u8))
            {
                id = json.Id();
            }
            else if (json.Is("groups"u8))
            {
                hasGroups = json.IsArray;
                ReadGroups(ref json, row);
            }
            else if (json.Is("teachers"u8))
            {
                ReadTeachers(ref json, row);
            }
            else if (json.Is("syllabus"u8))
            {
                syllabus = json.Reference();
            }
            else if (json.Is("startDate"u8))
            {
                activity.Start = json.Day();
            }
            else if (json.Is("endDate"u8))
            {
                activity.End = json.Day();
            }
            else
            {
                json.Skip();
            }
        }

        var matters = json.CanMatter(activity.Start, activity.End, before);
        activity.Syllabus = json.Find(json.Whole.Syllabuses, syllabus, "syllabus");
        json.Require(("groups", hasGroups), ("startDate", !activity.Start.IsAbsent));
        if (matters && json.IsDoubtful(id))
        {
            Doubt(ref json, id);
            json.Tell(EntityKind.Activity, id);
        }

        json.Close(EntityKind.Activity, id);
        json.Fragment.Activities.Add(id, activity);
    }

    private static void ReadGroups(ref PageWalker json, int activity)
    {
        if (!json.Array())
        {
            return;
        }

        json.Part = "groups";
        while (json.NextItem())
        {
            var before = json.Misreadings;
            var id = json.ItemReference();
            json.RequireOf([], !id.IsNone, before);
            json.Ids.Add(id);
            json.Fragment.ActivityGroups.Add(new ActivityGroupRow { Activity = activity, Group = json.Find(json.Whole.Groups, id, "") });
        }

        json.Part = "";
    }

    /// <summary>
    /// What an activity says concerns its groups. Those that cannot be told are the ones that it had in the last pull (<see cref="LostParts"/>); of one without
    /// an id, any.
    /// </summary>
    private static void Doubt(ref PageWalker json, EntityId id)
    {
        foreach (var group in json.Ids.Rows)
        {
            if (!group.IsNone)
            {
                json.Doubt(EntityKind.Group, group);
            }
        }

        if (id.IsNone)
        {
            json.Doubt(EntityKind.Activity, default);
        }
    }

    private static void ReadTeachers(ref PageWalker json, int activity)
    {
        if (!json.Array())
        {
            return;
        }

        json.Part = "teachers";
        while (json.NextObject())
        {
            var (duty, before) = (default(EntityId), json.Misreadings);
            var teacher = new TeacherRow { Activity = activity };
            while (json.NextProperty())
            {
                if (json.Is("duty"u8))
                {
                    duty = json.Reference();
                }
                else if (json.Is("startDate"u8))
                {
                    teacher.Start = json.Day();
                }
                else if (json.Is("endDate"u8))
                {
                    teacher.End = json.Day();
                }
                else
                {
                    json.Skip();
                }
            }

            teacher.Duty = json.Find(json.Whole.Duties, duty, "duty");
            if (json.CanMatter(teacher.Start, teacher.End, before))
            {
                json.RequireOf("duty"u8, !duty.IsNone, before);
            }

            json.Require(("duty", !duty.IsNone));
            json.Fragment.Teachers.Add(teacher);
        }

        json.Part = "";
    }
}
