using System.Text;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Checking;

/// <summary>One file of rows on its way through the check.</summary>
internal sealed class TableReading(TableCheck check, TableShape shape, string file, CsvReader csv, IdSet keys)
{
    private readonly TableForm _form = check.Form;
    private readonly CheckReport _report = check.Report;
    private readonly RowKeys _rowKeys = new(check.Report.IsOurs && shape.Order is not null);
    private readonly List<(int Line, int Position, ColumnShape Column, byte[] Id, string Found)> _within = [];

    /// <summary>By place in the file; null for a column that the shape does not have.</summary>
    private ColumnReading?[] _columns = [];

    /// <summary>Places of the key's columns, as many as the file has.</summary>
    private int[] _keyPlaces = [];
    private int _counting = -1;

    public void Add(TargetRule? rule, int line, int position, string column, string found = "")
    {
        if (rule is not null)
        {
            _report.Add(new RuleBreach(rule, file, line, position, column, found));
        }
    }

    /// <returns>False when there is none, so that nothing can be said of the rows.</returns>
    public bool ReadHeader()
    {
        if (!csv.Read())
        {
            Add(_form.Header, 0, 0, "header", "the file is empty");
            return false;
        }

        var names = Enumerable.Range(0, csv.Count).Select(place => Encoding.UTF8.GetString(csv[place])).ToArray();
        var comparer = _form.IgnoresCaseOfColumns ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        var known = shape.Columns.ToDictionary(column => column.Name, comparer);
        _columns = [.. names.Select(name => (known.GetValueOrDefault(name) ?? shape.Further(name)) is { } column ? new ColumnReading(check, shape, column) : null)];
        if (_columns.All(column => column is null))
        {
            // What stands there instead may be somebody.
            Add(_form.Header, 1, 0, "header", "none of the file's columns is named on its first line");
            return false;
        }

        CheckHeader(names, comparer);
        _keyPlaces = [.. shape.Columns.Take(shape.KeyColumns).Select(key => PlaceOf(key.Name)).Where(place => place >= 0)];
        _counting = shape.Counts is { } counts ? PlaceOf(counts.Column) : -1;
        return true;
    }

    public void ReadRows()
    {
        var rows = 0;
        for (; !_report.IsFull && csv.Read(); rows++)
        {
            if (csv.Row.IsEmpty && _columns.Length > 1)
            {
                Add(_form.BlankLine, csv.Line, 0, "row");
                rows--;
            }
            else if (IsWhole())
            {
                CheckRow();
            }
            else if (shape.IsReferredTo && _keyPlaces.Length > 0 && _keyPlaces[0] < csv.Count)
            {
                // The row is wrong, and not those that refer to it.
                keys.Add(csv[_keyPlaces[0]]);
            }
        }

        _report.CountRows(rows);
        if (rows == 0)
        {
            Add(shape.Filled, 0, 0, "row");
        }

        foreach (var (line, position, column, _, found) in _within.Where(reference => !keys.Contains(reference.Id)))
        {
            Add(column.Reference, line, position, column.Name, found);
        }
    }

    private int PlaceOf(string name) => Array.FindIndex(_columns, column => column?.Shape.Name == name);

    private void CheckHeader(string[] names, StringComparer comparer)
    {
        var seen = new HashSet<string>(comparer);
        for (var place = 0; place < names.Length; place++)
        {
            var (line, position) = Place(place);
            if (_columns[place] is not { } column)
            {
                Add(_form.ColumnUnknown, line, position, $"column {place + 1}", RuleBreach.KindOf(csv[place]));
            }
            else if (!seen.Add(names[place]))
            {
                Add(_form.ColumnTwice, line, position, column.Shape.Name);
            }
        }

        foreach (var missing in shape.Columns.Where(column => !column.MayBeAbsent && !seen.Contains(column.Name)))
        {
            Add(_form.ColumnMissing, 1, 0, missing.Name);
        }

        var ordered = shape.Columns.Where(column => seen.Contains(column.Name)).Select(column => column.Name);
        if (!ordered.SequenceEqual(_columns.OfType<ColumnReading>().Select(column => column.Shape.Name).Where(name => shape.Columns.Any(column => column.Name == name)).Distinct()))
        {
            Add(_form.ColumnOrder, 1, 0, "header");
        }
    }

    private bool IsWhole()
    {
        if (csv.IsOpen)
        {
            Add(_form.QuoteOpen, csv.Line, 0, "row");
        }
        else if (!csv.IsWellFormed)
        {
            Add(_form.QuoteStray, csv.Line, 0, "row");
        }
        else if (csv.Count != _columns.Length)
        {
            Add(_form.RowLength, csv.Line, 0, "row", $"{csv.Count} values, and the header has {_columns.Length}");
        }
        else
        {
            if (!csv.HasLineEnd)
            {
                Add(_form.LastLine, csv.Line, 0, "row");
            }

            return true;
        }

        return false;
    }

    private void CheckRow()
    {
        var counts = _counting < 0 || shape.Counts!.Value.Test(csv[_counting]);
        for (var place = 0; place < _columns.Length; place++)
        {
            if (_columns[place] is { } column)
            {
                CheckValue(place, column, csv[place], counts);
            }
        }

        CheckKey(counts);
    }

    private void CheckValue(int place, ColumnReading column, ReadOnlySpan<byte> value, bool counts)
    {
        if (_form.Quoting?.Invoke(csv.Written(place), csv.IsQuoted(place)) is { } quoting && (_report.IsOurs || quoting.Certainty != Certainty.Ours))
        {
            Add(quoting, place, column, RuleBreach.KindOf(value));
        }

        if (value.IsEmpty)
        {
            if (column.Shape.Required is { } required)
            {
                Add(required, place, column, "");
            }

            return;
        }

        foreach (var rule in column.Rules)
        {
            if (!rule.Takes(value))
            {
                Add(rule.Rule, place, column, RuleBreach.KindOf(value, rule.Offence(value.ToArray())));
                return;
            }
        }

        if (counts)
        {
            CheckMeaning(place, column, value);
        }
    }

    private void CheckMeaning(int place, ColumnReading column, ReadOnlySpan<byte> value)
    {
        if (column.Unique?.AddIgnoringCase(value) == false)
        {
            Add(column.Shape.Unique!.Value.Rule, place, column, RuleBreach.KindOf(value));
        }

        if (column.Forbidden?.Contains(value) == true)
        {
            Add(column.Shape.NotIn!.Value.Rule, place, column, $"also in {column.Shape.NotIn.Value.File}");
        }

        if (column.Shape.RefersTo is null)
        {
            return;
        }

        if (!column.Shape.IsList)
        {
            CheckReference(place, column, value);
            return;
        }

        foreach (var part in value.Split((byte)','))
        {
            if (value[part].Trim((byte)' ') is { IsEmpty: false } id)
            {
                CheckReference(place, column, id);
            }
        }
    }

    private void CheckReference(int place, ColumnReading column, ReadOnlySpan<byte> id)
    {
        if (column.IsWithin)
        {
            var (line, position) = Place(place);
            _within.Add((line, position, column.Shape, id.ToArray(), $"{RuleBreach.KindOf(id)}, in no row of the file"));
        }
        else if (column.Referenced?.Contains(id) == false)
        {
            Add(column.Shape.Reference!, place, column, $"{RuleBreach.KindOf(id)}, not in {column.Shape.RefersTo}");
        }
    }

    private void CheckKey(bool counts)
    {
        if (_keyPlaces.Length < shape.KeyColumns)
        {
            return;
        }

        var first = csv[_keyPlaces[0]];
        if (counts && shape.IsReferredTo)
        {
            keys.Add(first);
        }

        var place = _keyPlaces[^1];
        var (isOld, isLate) = _rowKeys.Next(csv, _keyPlaces);
        if (isOld && !first.IsEmpty)
        {
            Add(shape.KeyTwice, place, _columns[place]!, "");
        }
        else if (isLate)
        {
            Add(shape.Order!, place, _columns[place]!, "");
        }
    }

    private void Add(TargetRule rule, int place, ColumnReading column, string found)
    {
        var (line, position) = Place(place);
        Add(rule, line, position, column.Shape.Name, found);
    }

    /// <summary>Line and character at which a value begins.</summary>
    private (int Line, int Position) Place(int value)
    {
        var before = csv.Row[..csv.StartOf(value)];
        var lineStart = before.LastIndexOf((byte)'\n') + 1;
        return (csv.Line + before.Count((byte)'\n'), Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
    }
}
