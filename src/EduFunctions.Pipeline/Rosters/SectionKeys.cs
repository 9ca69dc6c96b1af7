using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>
/// What becomes a section: every eligible group, a teaching group once for each syllabus its current activities give it. Keys are sorted by
/// group, then syllabus, so that a group's sections stand together.
/// </summary>
internal sealed class SectionKeys
{
    public const int NoSyllabus = -1;

    private readonly ulong[] _keys;

    /// <summary>By group: where its keys begin.</summary>
    private readonly int[] _starts;

    public SectionKeys(Decisions decisions)
    {
        var groups = decisions.Data.Groups;
        var keys = new Table<ulong>();
        for (var group = 0; group < groups.Count; group++)
        {
            if (decisions.IsGroup(group) && !decisions.IsBySyllabus(group))
            {
                keys.Add(Key(group, NoSyllabus));
            }
        }

        foreach (ref readonly var row in decisions.Data.ActivityGroups.Rows)
        {
            var syllabus = decisions.Data.Activities[row.Activity].Syllabus;
            if (syllabus >= 0 && decisions.IsCurrentActivity(row.Activity) && decisions.IsGroup(row.Group)
                && decisions.IsBySyllabus(row.Group))
            {
                keys.Add(Key(row.Group, syllabus));
            }
        }

        keys.Rows.Sort();
        keys.RemoveRepeats();
        _keys = keys.Rows.ToArray();
        _starts = Starts(groups.Count);
    }

    public int Count => _keys.Length;

    public int Group(int key) => (int)(_keys[key] >> 32);

    public int Syllabus(int key) => (int)(uint)_keys[key] - 1;

    /// <summary>The keys of a group, from the first up to the end.</summary>
    public (int First, int End) Of(int group) => (_starts[group], _starts[group + 1]);

    /// <summary>The key of a group with a syllabus, negative when there is none.</summary>
    public int Find(int group, int syllabus)
    {
        var (first, end) = Of(group);
        var found = _keys.AsSpan(first, end - first).BinarySearch(Key(group, syllabus));
        return found < 0 ? found : first + found;
    }

    private static ulong Key(int group, int syllabus) => ((ulong)group << 32) | (uint)(syllabus + 1);

    private int[] Starts(int groups)
    {
        var starts = new int[groups + 1];
        for (var key = 0; key < Count; key++)
        {
            starts[Group(key) + 1]++;
        }

        for (var group = 0; group < groups; group++)
        {
            starts[group + 1] += starts[group];
        }

        return starts;
    }
}
