using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>One row after the other of a file; what a field holds that its column does not is noted, and read as nothing.</summary>
internal sealed class RowReader(CsvFile file, OneRosterRows csv, OwnWords words)
{
    private readonly List<(CsvColumn Column, string Expected, string Found)> _misread = [];

    public EntityId Id => CsvValue.Id(csv["sourcedId"]);

    public string this[string column] => csv[column];

    public bool Next()
    {
        if (!csv.Read())
        {
            return false;
        }

        _misread.Clear();
        foreach (var column in file.Columns)
        {
            var value = csv[column.Name];
            if (CsvValue.Expected(column, value, words) is { } expected)
            {
                _misread.Add((column, expected, value.Length == 0 ? "empty" : "another text"));
            }
        }

        return true;
    }

    /// <summary>A word by which somebody becomes something, as the form has it.</summary>
    public string Word(string column) => words.Meaning(csv[column]);

    public EntityId Reference(string column) => CsvValue.Id(csv[column]);

    /// <summary>What the row says of protection.</summary>
    public RowMarking Marking(string column, ReadOptions options) => RowMarking.Of(file, csv, column, options);

    public IEnumerable<EntityId> References(string column) => CsvValue.List(csv[column]).Select(CsvValue.Id).Where(id => !id.IsNone);

    public Day Day(string column) => csv[column] is { Length: > 0 } value ? Model.Day.Parse(Encoding.UTF8.GetBytes(value)) : Model.Day.Absent;

    public byte Value(string column, Vocabulary vocabulary) => Word(column) is { Length: > 0 } value and not OwnWords.Nothing ? vocabulary.Number(value) : (byte)0;

    /// <summary>Ends the row: what was not understood of it is told, and something in the targets stays as it is.</summary>
    /// <param name="doubtful">What that is; none when it may be any of its kind.</param>
    /// <returns>Whether all was understood.</returns>
    public bool Close(SourceData data, EntityKind kind, EntityId id, EntityId doubtful)
    {
        foreach (var (column, expected, found) in _misread)
        {
            data.Note(new MisreadValue(file.Name, csv.Line, kind, id, column.Name, expected, found));
        }

        if (id.IsNone)
        {
            data.Findings.Add(FindingCodes.IdMissing, kind, id);
        }

        if (_misread.Count > 0)
        {
            data.Doubts.Add(new DoubtRow(kind, doubtful));
        }

        return _misread.Count == 0;
    }
}
