using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>Ids as Apple takes them. A group of which the source says otherwise is a class under a derived id.</summary>
internal static class AppleIds
{
    /// <summary>By row of the sections: the id of the class.</summary>
    public static EntityId[] OfClasses(Roster roster) =>
        Array.ConvertAll(roster.SectionIds(), id => AppleLimits.TakesId(id) ? id : EntityId.Derive(Encoding.UTF8.GetBytes($"class|{id}")));
}
