using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>Ids as the form takes them. A school, course or class of which the source says otherwise goes under a derived id.</summary>
internal static class OneRosterIds
{
    /// <summary>By row of the sections: the id of the class.</summary>
    public static EntityId[] OfClasses(Roster roster, OneRosterFeedSettings settings)
    {
        var sections = new Dictionary<EntityId, int>();
        foreach (ref readonly var section in roster.Sections.Rows)
        {
            sections[section.Group] = sections.GetValueOrDefault(section.Group) + 1;
        }

        var ids = new EntityId[roster.Sections.Count];
        for (var row = 0; row < ids.Length; row++)
        {
            ref readonly var section = ref roster.Sections[row];
            ids[row] = Taken("class", settings.ClassId == OneRosterFeedSettings.OfGroup && sections[section.Group] == 1 ? section.Group : section.Id);
        }

        return ids;
    }

    public static EntityId OfUnit(in RosterUnit unit) => Taken("org", unit.Id);

    public static EntityId OfSyllabus(in RosterSyllabus syllabus) => Taken("course", syllabus.Id);

    /// <summary>The organisation above all schools.</summary>
    public static EntityId OfTenant(string tenant) => Derived($"org|{tenant}");

    public static EntityId Derived(string name) => EntityId.Derive(Encoding.UTF8.GetBytes(name));

    private static EntityId Taken(string kind, EntityId id) => OneRosterLimits.TakesId(id) ? id : Derived($"{kind}|{id}");
}
