using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// The course_id of each section: its own id, or one derived from it where Learn does not take that, or where another section's differs from it in case
/// only. Learn lets nobody change a course_id, so it hangs on ids alone.
/// </summary>
internal static class LearnCourses
{
    /// <summary>By row of the sections.</summary>
    public static EntityId[] Ids(Roster roster)
    {
        var ids = Array.ConvertAll(roster.SectionIds(), id => LearnLimits.TakesCourseId(id) ? id : Derived(id));
        foreach (var row in SharedTexts.Find(ids.Length, () => Reader(ids)).SelectMany(same => same.Skip(1)).ToList())
        {
            ids[row] = Derived(ids[row]);
        }

        return ids;
    }

    /// <summary>Uuids are in lower case, so that none has another spelling.</summary>
    private static SharedTexts.Reader Reader(EntityId[] ids)
    {
        var text = new byte[EntityId.LongestText];
        return row => ids[row].IsText ? text.AsSpan(0, ids[row].Format(text)) : default;
    }

    private static EntityId Derived(EntityId id) => EntityId.Derive(Encoding.UTF8.GetBytes($"course_id|{id}"));
}
