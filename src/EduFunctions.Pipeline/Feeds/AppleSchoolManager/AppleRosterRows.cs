using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds.AppleSchoolManager;

/// <summary>The rows of rosters.csv: one per student in a class, sorted by ids that are derived from both.</summary>
internal sealed class AppleRosterRows
{
    private readonly Roster _roster;

    // In the order of the ids: the id, and the row of the roster's members.
    private readonly EntityId[] _ids;
    private readonly int[] _members;

    /// <param name="isWritten">Whether student and class are in the feed.</param>
    public AppleRosterRows(Roster roster, Func<SectionPerson, bool> isWritten)
    {
        _roster = roster;
        _members = Enumerable.Range(0, roster.Members.Count).Where(row => isWritten(roster.Members[row])).ToArray();
        _ids = new EntityId[_members.Length];
        using (var derived = new DerivedIds("roster|"u8, _ids))
        {
            for (var at = 0; at < _members.Length; at++)
            {
                var (section, person) = roster.Members[_members[at]];
                derived.Add(at, roster.Sections[section].Id, roster.Persons[person].Id);
            }
        }

        Array.Sort(_ids, _members);
    }

    public void Write(CsvWriter csv)
    {
        csv.Header("roster_id", "class_id", "student_id");
        for (var at = 0; at < _members.Length; at++)
        {
            var (section, person) = _roster.Members[_members[at]];
            csv.Value(_ids[at]);
            csv.Value(_roster.Sections[section].Id);
            csv.Value(_roster.Persons[person].Id);
            csv.EndRow();
        }
    }
}
