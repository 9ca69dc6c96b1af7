using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>The course_id of each section. Learn lets nobody change a course_id, so it hangs on ids alone.</summary>
internal static class LearnCourses
{
    /// <summary>By row of the sections.</summary>
    public static EntityId[] Ids(Roster roster) => LearnIds.Of(roster.SectionIds(), LearnLimits.TakesCourseId, LearnObject.CourseId);
}
