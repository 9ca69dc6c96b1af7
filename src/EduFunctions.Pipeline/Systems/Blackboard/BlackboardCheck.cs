using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Reads the files back and lists what Learn would refuse: columns, required values, lengths, unique keys, references.</summary>
internal sealed class BlackboardCheck(FeedFiles files)
{
    private const int MostErrors = 1000;

    private readonly List<FeedError> _errors = [];
    private readonly Dictionary<LearnObject, IdSet> _ids = [];

    public IReadOnlyList<FeedError> Errors()
    {
        foreach (var file in files.Names)
        {
            CheckFile(file, LearnObject.OfFile(file));
        }

        return _errors;
    }

    private void CheckFile(string file, LearnObject kind)
    {
        var rows = new LearnFileReader(files.Open(file));
        var columns = rows.Columns.Select(name => kind.Find(name)).ToArray();
        if (!IsHeader(rows.Columns, columns, kind))
        {
            _errors.Add(new FeedError(file, 1, "header", "has a column twice, one that is unknown, or lacks one"));
            return;
        }

        var status = rows.Find(LearnObject.RowStatus);
        var unique = rows.Find(kind == LearnObject.Person ? LearnObject.UserId : LearnObject.CourseId);
        var seen = new IdSet();
        var ids = kind.Keys.Count == 1 && status >= 0 ? _ids[kind] = new IdSet() : null;
        var before = Array.Empty<byte>();
        while (rows.Read() && _errors.Count < MostErrors)
        {
            if (!rows.IsWhole)
            {
                _errors.Add(new FeedError(file, rows.Line, "row", "has not as many values as the header, a quote, or no line end"));
                continue;
            }

            CheckValues(file, rows, columns!);
            CheckOrder(file, rows, kind, ref before);
            if (status >= 0 && rows[status].SequenceEqual("enabled"u8))
            {
                ids?.Add(rows[0]);
                CheckUnique(file, rows, unique, seen);
                CheckReferences(file, rows, kind);
            }
        }
    }

    private static bool IsHeader(IReadOnlyList<string> names, LearnColumn?[] columns, LearnObject kind) =>
        names.Distinct().Count() == names.Count
        && columns.All(column => column is not null)
        && names.Take(kind.Keys.Count).SequenceEqual(kind.Keys.Select(key => key.Name))
        && (!names.Contains(LearnObject.RowStatus) || kind.Values.All(column => names.Contains(column.Name)));

    private void CheckValues(string file, LearnFileReader rows, LearnColumn[] columns)
    {
        for (var number = 0; number < columns.Length; number++)
        {
            var value = rows[number];
            var column = columns[number];
            if (value.IsEmpty && column.IsRequired)
            {
                _errors.Add(new FeedError(file, rows.Line, column.Name, "is required"));
            }

            if (!LearnLimits.Takes(value, column.Most) || (column.Name == LearnObject.CourseId && !LearnLimits.TakesCourseId(value)))
            {
                _errors.Add(new FeedError(file, rows.Line, column.Name, $"has more than {column.Most} characters, or one that Learn does not take"));
            }
        }
    }

    private void CheckOrder(string file, LearnFileReader rows, LearnObject kind, ref byte[] before)
    {
        byte[] key = kind.Keys.Count == 1 ? rows[0].ToArray() : [.. rows[0], 0, .. rows[1]];
        if (before.AsSpan().SequenceCompareTo(key) >= 0)
        {
            _errors.Add(new FeedError(file, rows.Line, kind.Keys[^1].Name, "must be unique, rows sorted by their keys"));
        }

        before = key;
    }

    /// <summary>Learn knows no case in login names and in what courses are called by.</summary>
    private void CheckUnique(string file, LearnFileReader rows, int column, IdSet seen)
    {
        if (column >= 0 && !seen.AddIgnoringCase(rows[column]))
        {
            _errors.Add(new FeedError(file, rows.Line, rows.Columns[column], "must be unique, whatever its case"));
        }
    }

    /// <summary>Of a membership, a further role, an association: whether this feed has made what it refers to.</summary>
    private void CheckReferences(string file, LearnFileReader rows, LearnObject kind)
    {
        for (var key = 0; key < kind.References.Count; key++)
        {
            if (_ids.TryGetValue(kind.References[key], out var ids) && !ids.Contains(rows[key]))
            {
                _errors.Add(new FeedError(file, rows.Line, kind.Keys[key].Name, $"does not reference any enabled row in {kind.References[key].File}"));
            }
        }
    }
}
