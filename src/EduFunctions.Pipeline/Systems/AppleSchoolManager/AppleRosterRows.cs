using System.Buffers;
using System.Collections;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>The rows of rosters.csv: one per student in a class, sorted by ids that are derived from both.</summary>
internal sealed class AppleRosterRows
{
    /// <summary>Ids are looked up so many at a time, in a loop of their own, where the processor waits for many of them at once.</summary>
    private const int BatchSize = 256;

    private readonly Roster _roster;
    private readonly EntityId[] _classes;
    private readonly BitArray _chosen;
    private readonly bool[] _students;

    /// <summary>Copies of what is looked up at random and often: side by side they stay in the cache.</summary>
    private readonly EntityId[] _persons;
    private readonly IdBuckets<SectionPerson> _rows;

    /// <param name="classes">By row of the sections: the id of the class.</param>
    /// <param name="chosen">By row of the sections: whether the class is in the feed.</param>
    /// <param name="students">By row of the persons: whether they are in the feed as students.</param>
    public AppleRosterRows(Roster roster, EntityId[] classes, BitArray chosen, bool[] students)
    {
        (_roster, _classes, _chosen, _students) = (roster, classes, chosen, students);
        _persons = roster.PersonIds();
        _rows = new IdBuckets<SectionPerson>(roster.Members.Count);
        RowRanges.ForEach(roster.Members.Count, Derive);
    }

    public void Write(CsvWriter csv)
    {
        csv.Header(AppleFile.Rosters.Columns);
        csv.Parts(_rows.Count, WriteBucket);
    }

    private void Derive(int first, int end)
    {
        var members = ArrayPool<SectionPerson>.Shared.Rent(end - first);
        var ids = ArrayPool<EntityId>.Shared.Rent(end - first);
        var count = 0;
        foreach (var member in _roster.Members.Rows[first..end])
        {
            if (_chosen[member.Section] && _students[member.Person])
            {
                members[count++] = member;
            }
        }

        Derive(members.AsSpan(0, count), ids);
        lock (_rows)
        {
            for (var at = 0; at < count; at++)
            {
                _rows.Add(ids[at], members[at]);
            }
        }

        ArrayPool<SectionPerson>.Shared.Return(members);
        ArrayPool<EntityId>.Shared.Return(ids);
    }

    private void Derive(ReadOnlySpan<SectionPerson> members, EntityId[] ids)
    {
        using var derived = new DerivedIds("roster|"u8, ids);
        Span<EntityId> students = stackalloc EntityId[BatchSize];
        for (var start = 0; start < members.Length; start += BatchSize)
        {
            var batch = members.Slice(start, Math.Min(BatchSize, members.Length - start));
            for (var at = 0; at < batch.Length; at++)
            {
                students[at] = _persons[batch[at].Person];
            }

            for (var at = 0; at < batch.Length; at++)
            {
                derived.Add(start + at, _classes[batch[at].Section], students[at]);
            }
        }
    }

    private void WriteBucket(CsvWriter csv, int bucket)
    {
        var ids = _rows.Ids(bucket);
        var members = _rows.Rows(bucket);
        Span<EntityId> students = stackalloc EntityId[BatchSize];
        for (ReadOnlySpan<int> rows = IdSort.Order(ids), batch; !rows.IsEmpty; rows = rows[batch.Length..])
        {
            batch = rows[..Math.Min(BatchSize, rows.Length)];
            for (var at = 0; at < batch.Length; at++)
            {
                students[at] = _persons[members[batch[at]].Person];
            }

            for (var at = 0; at < batch.Length; at++)
            {
                csv.Value(ids[batch[at]]);
                csv.Value(_classes[members[batch[at]].Section]);
                csv.Value(students[at]);
                csv.EndRow();
            }
        }
    }
}
