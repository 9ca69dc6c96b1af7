using System.Collections;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds.AppleSchoolManager;

/// <summary>The rows of rosters.csv: one per student in a class, sorted by ids that are derived from both.</summary>
internal sealed class AppleRosterRows
{
    /// <summary>Rows are looked up so many at a time, in a loop of their own, where the processor waits for many of them at once.</summary>
    private const int BatchSize = 256;

    // Copies of what is looked up at random and often: side by side they stay in the cache.
    private readonly EntityId[] _classes;
    private readonly EntityId[] _persons;
    private readonly Table<SectionPerson> _members;
    private readonly EntityId[] _ids;
    private readonly int[] _order;

    /// <param name="classes">By row of the sections: the id of the class.</param>
    /// <param name="chosen">By row of the sections: whether the class is in the feed.</param>
    /// <param name="students">By row of the persons: whether they are in the feed as students.</param>
    public AppleRosterRows(Roster roster, EntityId[] classes, BitArray chosen, bool[] students)
    {
        _classes = classes;
        _persons = roster.PersonIds();
        _members = Written(roster, chosen, students);
        _ids = GC.AllocateUninitializedArray<EntityId>(_members.Count);
        RowRanges.ForEach(_ids.Length, Derive);
        _order = IdSort.Order(_ids);
    }

    public void Write(CsvWriter csv)
    {
        csv.Header("roster_id", "class_id", "student_id");
        csv.Rows(_order.Length, WriteRows);
    }

    private static Table<SectionPerson> Written(Roster roster, BitArray chosen, bool[] students)
    {
        var members = new Table<SectionPerson>();
        members.Reserve(roster.Members.Count);
        foreach (var member in roster.Members.Rows)
        {
            if (chosen[member.Section] && students[member.Person])
            {
                members.Add(member);
            }
        }

        return members;
    }

    private void Derive(int first, int end)
    {
        using var derived = new DerivedIds("roster|"u8, _ids);
        Span<EntityId> students = stackalloc EntityId[BatchSize];
        for (var start = first; start < end; start += BatchSize)
        {
            var members = _members.Rows.Slice(start, Math.Min(BatchSize, end - start));
            for (var at = 0; at < members.Length; at++)
            {
                students[at] = _persons[members[at].Person];
            }

            for (var at = 0; at < members.Length; at++)
            {
                derived.Add(start + at, _classes[members[at].Section], students[at]);
            }
        }
    }

    private void WriteRows(CsvWriter csv, int first, int end)
    {
        Span<Row> rows = stackalloc Row[BatchSize];
        for (var start = first; start < end; start += BatchSize)
        {
            var order = _order.AsSpan(start, Math.Min(BatchSize, end - start));
            for (var at = 0; at < order.Length; at++)
            {
                var member = _members[order[at]];
                rows[at] = new Row(_ids[order[at]], _classes[member.Section], _persons[member.Person]);
            }

            foreach (ref readonly var row in rows[..order.Length])
            {
                csv.Value(row.Id);
                csv.Value(row.Class);
                csv.Value(row.Student);
                csv.EndRow();
            }
        }
    }

    private readonly record struct Row(EntityId Id, EntityId Class, EntityId Student);
}
