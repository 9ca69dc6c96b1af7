using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Who and what a register has, and a feed does not get yet.</summary>
internal static class WaitingRows
{
    public static HashSet<EntityId> Of(Roster tonight, Roster given)
    {
        var waiting = new HashSet<EntityId>();
        foreach (ref readonly var person in tonight.Persons.Rows)
        {
            waiting.Add(person.Id);
        }

        foreach (ref readonly var section in tonight.Sections.Rows)
        {
            waiting.Add(section.Id);
        }

        foreach (ref readonly var person in given.Persons.Rows)
        {
            waiting.Remove(person.Id);
        }

        foreach (ref readonly var section in given.Sections.Rows)
        {
            waiting.Remove(section.Id);
        }

        return waiting;
    }
}
