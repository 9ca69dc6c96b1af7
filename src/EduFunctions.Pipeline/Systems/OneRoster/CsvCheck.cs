using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>Checks file after file as the form says: fields, and that every id that is referred to is there.</summary>
internal sealed class CsvCheck(OwnWords words)
{
    [Told]
    private const string Changes = "must be empty in files that hold everything (bulk)";

    private readonly Dictionary<string, HashSet<EntityId>> _ids = CsvForm.Files.ToDictionary(file => file.Name, _ => new HashSet<EntityId>());
    private readonly Dictionary<string, IdShapes> _shapes = [];
    private readonly List<CsvError> _errors = [];
    private readonly List<DanglingReference> _dangling = [];

    /// <summary>By file that cannot be read: how many references of others lead to it.</summary>
    private readonly SortedDictionary<string, int> _unread = new(StringComparer.Ordinal);

    /// <summary>What cannot be told for want of another file is counted with that one.</summary>
    public IReadOnlyList<CsvError> Errors =>
    [
        .. _errors,
        .. _unread.Where(file => file.Value > 0).Select(file => new CsvError(
            file.Key, 0, "", $"{file.Value} references of other files to it cannot be looked up until it can be read", IsFatal: false)),
    ];

    public IReadOnlyList<DanglingReference> Dangling => _dangling;

    /// <returns>How many rows the file has.</returns>
    public int Read(CsvFile file, Stream content)
    {
        var rows = 0;
        try
        {
            using var csv = new OneRosterRows(file, content);
            var selves = new List<DanglingReference>();
            for (; csv.Read(); rows++)
            {
                Check(file, csv, selves);
            }

            foreach (var reference in selves.Where(self => !_ids[file.Name].Contains(self.To)))
            {
                Add(reference, file.Name, "refers to a row that is not there");
            }
        }
        catch (CsvFileException e)
        {
            Add(e.Error);
        }

        return rows;
    }

    /// <summary>For a file that cannot be read, or not to its end.</summary>
    public void Add(CsvError error)
    {
        _errors.Add(error);
        _unread.TryAdd(error.File, 0);
    }

    private void Check(CsvFile file, OneRosterRows csv, List<DanglingReference> selves)
    {
        var own = CsvValue.Id(csv["sourcedId"]);
        foreach (var column in file.Columns)
        {
            var value = csv[column.Name];
            if (CsvValue.Expected(column, value, words) is { } expected)
            {
                // A status in a file that should hold everything says that it holds what has changed: everybody else would seem gone.
                _errors.Add(new CsvError(file.Name, csv.Line, column.Name, column.Kind == ValueKind.Empty ? Changes : $"must be {expected}", IsFatal: column.Kind == ValueKind.Empty));
            }
            else if (column.Kind is ValueKind.Reference or ValueKind.References)
            {
                CheckReferences(new DanglingReference(file, own, csv.Line, column.Name), column.Values[0], CsvValue.List(value).Select(CsvValue.Id), selves);
            }
        }

        if (!own.IsNone && !_ids[file.Name].Add(own))
        {
            _errors.Add(new CsvError(file.Name, csv.Line, "sourcedId", "stands on an earlier line too", IsFatal: false));
        }
    }

    /// <param name="to">The file in which they have to be.</param>
    private void CheckReferences(DanglingReference reference, string to, IEnumerable<EntityId> ids, List<DanglingReference> selves)
    {
        foreach (var id in ids)
        {
            if (to == reference.File.Name)
            {
                selves.Add(reference with { To = id });
            }
            else if (!_ids[to].Contains(id) && _unread.TryGetValue(to, out var earlier))
            {
                _unread[to] = earlier + 1;
            }
            else if (!_ids[to].Contains(id))
            {
                Add(reference with { To = id }, to, $"refers to a row that {to}.csv does not have");
            }
        }
    }

    /// <param name="to">The file in which it is not; all of that is known by now.</param>
    private void Add(DanglingReference reference, string to, string rule)
    {
        if (!_shapes.TryGetValue(to, out var shapes))
        {
            _shapes[to] = shapes = new IdShapes(_ids[to]);
        }

        _errors.Add(new CsvError(reference.File.Name, reference.Line, reference.Column, rule, IsFatal: false));
        _dangling.Add(reference with { Oddness = shapes.Of(reference.To) });
    }
}
