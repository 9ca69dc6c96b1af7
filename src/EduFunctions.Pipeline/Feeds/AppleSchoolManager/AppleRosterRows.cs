using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds.AppleSchoolManager;

/// <summary>The rows of rosters.csv: one per student in a class, sorted by ids that are derived from both.</summary>
internal sealed class AppleRosterRows
{
    // Copies of what is looked up at random and often: side by side they stay in the cache.
    private readonly EntityId[] _sections;
    private readonly EntityId[] _persons;
    private readonly SectionPerson[] _members;
    private readonly EntityId[] _ids;

    /// <param name="classes">By row of the sections: the id of the class.</param>
    /// <param name="isWritten">Whether student and class are in the feed.</param>
    public AppleRosterRows(Roster roster, EntityId[] classes, Func<SectionPerson, bool> isWritten)
    {
        _sections = classes;
        _persons = roster.PersonIds();
        _members = Written(roster, isWritten);
        _ids = new EntityId[_members.Length];
        using (var derived = new DerivedIds("roster|"u8, _ids))
        {
            for (var at = 0; at < _members.Length; at++)
            {
                derived.Add(at, _sections[_members[at].Section], _persons[_members[at].Person]);
            }
        }

        IdSort.Sort(_ids, _members);
    }

    private static SectionPerson[] Written(Roster roster, Func<SectionPerson, bool> isWritten)
    {
        var members = new Table<SectionPerson>();
        members.Reserve(roster.Members.Count);
        foreach (var member in roster.Members.Rows)
        {
            if (isWritten(member))
            {
                members.Add(member);
            }
        }

        return members.Rows.ToArray();
    }

    public void Write(CsvWriter csv)
    {
        csv.Header("roster_id", "class_id", "student_id");
        for (var at = 0; at < _members.Length; at++)
        {
            csv.Value(_ids[at]);
            csv.Value(_sections[_members[at].Section]);
            csv.Value(_persons[_members[at].Person]);
            csv.EndRow();
        }
    }
}
