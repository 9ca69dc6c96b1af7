using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>Checks file after file as the form says: fields, and that every id that is referred to is there.</summary>
internal sealed class CsvCheck
{
    private readonly Dictionary<string, HashSet<EntityId>> _ids = CsvForm.Files.ToDictionary(file => file.Name, _ => new HashSet<EntityId>());
    private readonly List<CsvError> _errors = [];

    public IReadOnlyList<CsvError> Errors => _errors;

    /// <returns>How many rows the file has.</returns>
    public int Read(CsvFile file, Stream content)
    {
        var rows = 0;
        try
        {
            using var csv = new OneRosterRows(file, content);
            var selves = new List<(EntityId Id, int Line, string Field)>();
            for (; csv.Read(); rows++)
            {
                Check(file, csv, selves);
            }

            foreach (var (_, line, field) in selves.Where(self => !_ids[file.Name].Contains(self.Id)))
            {
                Add(file, line, field, "refers to a row that is not there");
            }
        }
        catch (CsvFileException e)
        {
            _errors.Add(e.Error);
        }

        return rows;
    }

    public void Add(CsvError error) => _errors.Add(error);

    private void Check(CsvFile file, OneRosterRows csv, List<(EntityId Id, int Line, string Field)> selves)
    {
        foreach (var column in file.Columns)
        {
            var value = csv[column.Name];
            if (CsvValue.Expected(column, value) is { } expected)
            {
                // A status in a file that should hold everything says that it holds what has changed: everybody else would seem gone.
                _errors.Add(new CsvError(file.Name, csv.Line, column.Name, $"must be {expected}", IsFatal: column.Kind == ValueKind.Empty));
            }
            else if (column.Kind is ValueKind.Reference or ValueKind.References)
            {
                CheckReferences(file, csv, column, selves);
            }
        }

        var own = CsvValue.Id(csv["sourcedId"]);
        if (!own.IsNone && !_ids[file.Name].Add(own))
        {
            Add(file, csv.Line, "sourcedId", "stands on an earlier line too");
        }
    }

    private void CheckReferences(CsvFile file, OneRosterRows csv, CsvColumn column, List<(EntityId Id, int Line, string Field)> selves)
    {
        foreach (var id in CsvValue.List(csv[column.Name]).Select(CsvValue.Id))
        {
            if (column.Values[0] == file.Name)
            {
                selves.Add((id, csv.Line, column.Name));
            }
            else if (!_ids[column.Values[0]].Contains(id))
            {
                Add(file, csv.Line, column.Name, $"refers to a row that {column.Values[0]}.csv does not have");
            }
        }
    }

    private void Add(CsvFile file, int line, string field, string rule) => _errors.Add(new CsvError(file.Name, line, field, rule, IsFatal: false));
}
