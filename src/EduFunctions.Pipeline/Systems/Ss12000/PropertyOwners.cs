using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>How many rows a property can stand on: those of its collection, or of the list within its entities.</summary>
internal static class PropertyOwners
{
    /// <param name="entities">Rows of the collection.</param>
    /// <param name="list">The list a property stands in; empty for one of the entity's own.</param>
    public static int Count(SourceData data, int entities, string list) => list switch
    {
        "enrolments" => data.SchoolPlacements.Count,
        "responsibles" => data.Responsibles.Count,
        "externalIdentifiers" => data.Identifiers.Count,
        "groupMemberships" => data.Memberships.Count,
        "teachers" => data.Teachers.Count,
        _ => entities,
    };
}
