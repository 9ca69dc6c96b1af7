using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

internal static class DutyJson
{
    public static void Read(ref PageWalker json, ReadOptions options)
    {
        var (id, person) = (default(EntityId), default(EntityId));
        var duty = default(DutyRow);
        var before = json.Misreadings;
        while (json.NextProperty())
        {
            if (json.Is("id"u8))
            {
                id = json.Id();
            }
            else if (json.Is("person"u8))
            {
                person = json.Reference();
            }
            else if (json.Is("dutyAt"u8))
            {
                duty.UnitId = json.Reference();
            }
            else if (json.Is("dutyRole"u8))
            {
                duty.Role = json.Value(json.Whole.Vocabularies.DutyRoles);
            }
            else if (json.Is("startDate"u8))
            {
                duty.Start = json.Day();
            }
            else if (json.Is("endDate"u8))
            {
                duty.End = json.Day();
            }
            else if (json.Is("assignmentRole"u8))
            {
                ReadMentors(ref json, json.Fragment.Duties.Count);
            }
            else
            {
                json.Skip();
            }
        }

        // A duty of nobody is a vacant post.
        var matters = json.CanMatter(duty.Start, duty.End, before);
        if (matters && !person.IsNone)
        {
            json.RequireOf("dutyAt"u8, !duty.UnitId.IsNone, before);
        }

        duty.Person = json.Find(json.Whole.Persons, person, "person");
        duty.Unit = json.Find(json.Whole.Units, duty.UnitId, "dutyAt");
        json.Require(("dutyAt", !duty.UnitId.IsNone), ("dutyRole", duty.Role != 0), ("startDate", !duty.Start.IsAbsent));
        if (matters && json.IsDoubtful(id))
        {
            json.DoubtPerson(EntityKind.Duty, id, person);
            json.Tell(EntityKind.Duty, id);
        }

        json.Close(EntityKind.Duty, id);
        json.Fragment.Duties.Add(id, duty);
    }

    /// <summary>The property is named in the singular and holds an array.</summary>
    private static void ReadMentors(ref PageWalker json, int duty)
    {
        if (!json.Array())
        {
            return;
        }

        json.Part = "assignmentRole";
        while (json.NextObject())
        {
            var (isMentor, group, before) = (false, default(EntityId), json.Misreadings);
            var mentor = new GroupDutyRow { Duty = duty };
            while (json.NextProperty())
            {
                if (json.Is("group"u8))
                {
                    group = json.Reference();
                }
                else if (json.Is("assignmentRoleType"u8))
                {
                    isMentor = json.Value(json.Whole.Vocabularies.AssignmentRoles) == AssignmentRoles.Mentor;
                }
                else if (json.Is("startDate"u8))
                {
                    mentor.Start = json.Day();
                }
                else if (json.Is("endDate"u8))
                {
                    mentor.End = json.Day();
                }
                else
                {
                    json.Skip();
                }
            }

            mentor.Group = json.Find(json.Whole.Groups, group, "group");
            if (json.CanMatter(mentor.Start, mentor.End, before) && isMentor)
            {
                json.RequireOf("group"u8, !group.IsNone, before);
            }

            if (isMentor)
            {
                json.Fragment.Mentors.Add(mentor);
            }
        }

        json.Part = "";
    }
}
