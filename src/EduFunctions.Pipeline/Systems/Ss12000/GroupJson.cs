using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

internal static class GroupJson
{
    public static void Read(ref PageWalker json, ReadOptions options)
    {
        var id = default(EntityId);
        var group = default(GroupRow);
        var before = json.Misreadings;
        while (json.NextProperty())
        {
            if (json.Is("id"u8))
            {
                id = json.Id();
            }
            else if (json.Is("groupMemberships"u8))
            {
                ReadMemberships(ref json, json.Fragment.Groups.Count);
            }
            else if (json.Is("displayName"u8))
            {
                group.Name = json.Text();
            }
            else if (json.Is("groupType"u8))
            {
                group.Type = json.Value(json.Whole.Vocabularies.GroupTypes);
            }
            else if (json.Is("organisation"u8))
            {
                group.UnitId = json.Reference();
            }
            else if (json.Is("startDate"u8))
            {
                group.Start = json.Day();
            }
            else if (json.Is("endDate"u8))
            {
                group.End = json.Day();
            }
            else if (json.Is("schoolType"u8))
            {
                group.SchoolType = json.Value(json.Whole.Vocabularies.SchoolTypes);
            }
            else if (json.Is(options.ToLmsProperty))
            {
                group.ToLmsProperty = SelectionValue.IsYes(json.Sign());
            }
            else
            {
                json.Skip();
            }
        }

        End(ref json, id, group, before);
    }

    /// <param name="before">How much was not understood before the group began.</param>
    private static void End(ref PageWalker json, EntityId id, GroupRow group, int before)
    {
        // No feed has groups of the other types that the standard knows.
        var matters = json.CanMatter(group.Start, group.End, before, group.Type > GroupTypes.StaffGroup && json.Whole.Vocabularies.GroupTypes.IsKnown(group.Type));
        if (matters)
        {
            json.RequireOf("organisation"u8, !group.UnitId.IsNone, before);
        }

        group.Name = json.NameOr(id, group.Name);
        group.Unit = json.Find(json.Whole.Units, group.UnitId, "organisation");
        json.Require(("groupType", group.Type != 0), ("organisation", !group.UnitId.IsNone), ("startDate", !group.Start.IsAbsent));
        if (matters && json.IsDoubtful(id))
        {
            json.Doubt(EntityKind.Group, id);
            json.Tell(EntityKind.Group, id);
        }

        json.Close(EntityKind.Group, id);
        json.Fragment.Groups.Add(id, group);
    }

    private static void ReadMemberships(ref PageWalker json, int group)
    {
        if (!json.Array())
        {
            return;
        }

        json.Part = "groupMemberships";
        var first = json.Fragment.Memberships.Count;
        json.Ids.Clear();
        while (json.NextObject())
        {
            var (person, before) = (default(EntityId), json.Misreadings);
            var membership = new MembershipRow { Group = group };
            while (json.NextProperty())
            {
                if (json.Is("person"u8))
                {
                    person = json.Reference();
                }
                else if (json.Is("startDate"u8))
                {
                    membership.Start = json.Day();
                }
                else if (json.Is("endDate"u8))
                {
                    membership.End = json.Day();
                }
                else
                {
                    json.Skip();
                }
            }

            if (json.CanMatter(membership.Start, membership.End, before))
            {
                json.RequireOf("person"u8, !person.IsNone, before);
            }

            json.Require(("person", !person.IsNone));
            json.Ids.Add(person);
            json.Fragment.Memberships.Add(membership);
        }

        json.Part = "";
        var persons = json.FindAll(json.Whole.Persons, "groupMemberships.person");
        for (var at = 0; at < persons.Length; at++)
        {
            json.Fragment.Memberships[first + at].Person = persons[at];
        }
    }
}
