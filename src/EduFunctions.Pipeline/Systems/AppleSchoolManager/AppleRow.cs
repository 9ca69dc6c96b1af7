using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>A row of one of Apple's files with the questions the check asks of it. Errors name columns, never values.</summary>
internal sealed class AppleRow(AppleFile file, CsvReader csv, List<FeedError> errors)
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private byte[] _before = [];

    /// <summary>False when the columns are not Apple's template, with numbered further ones of its two families.</summary>
    public bool ReadHeader()
    {
        csv.Read();
        for (var column = 0; column < csv.Count; column++)
        {
            var name = Encoding.UTF8.GetString(csv[column]);
            if (!_columns.TryAdd(name, column) || !(file.Columns.Contains(name) || IsFurther(name)))
            {
                Error(name, "is no column of the template, or stands twice");
            }
        }

        foreach (var missing in file.Columns.Where(name => !_columns.ContainsKey(name)))
        {
            Error(missing, "the column is missing");
        }

        return file.Columns.All(_columns.ContainsKey);
    }

    public bool Read()
    {
        if (!csv.Read())
        {
            return false;
        }

        if (csv.Count != _columns.Count || !csv.IsWellFormed || !csv.HasLineEnd)
        {
            Error("row", "has not as many values as the header, an open quote, or no line end");
            return Read();
        }

        for (var column = 0; column < csv.Count; column++)
        {
            CheckSyntax(column);
        }

        return true;
    }

    /// <summary>Required, of Apple's alphabet and, since rows are sorted by it, larger than the one before.</summary>
    public void Id(string column, IdSet? seen)
    {
        var id = Value(column);
        if (!AppleLimits.TakesId(id))
        {
            Error(column, "must be letters, digits and hyphens");
        }

        if (_before.AsSpan().SequenceCompareTo(id) >= 0)
        {
            Error(column, "must be unique, rows sorted by it");
        }

        _before = id.ToArray();
        seen?.Add(id);
    }

    public void NotIn(string column, IdSet other, string rule)
    {
        if (other.Contains(Value(column)))
        {
            Error(column, rule);
        }
    }

    public void Required(string column)
    {
        if (Value(column).IsEmpty)
        {
            Error(column, "is required");
        }
    }

    /// <summary>Apple knows no case in addresses.</summary>
    public void Unique(string column, IdSet seen)
    {
        if (Value(column) is { IsEmpty: false } value && !seen.AddIgnoringCase(value))
        {
            Error(column, "must be unique, whatever its case");
        }
    }

    public bool Has(string column) => _columns.ContainsKey(column);

    public void Policy(string column)
    {
        if (_columns.ContainsKey(column) && Value(column) is not [] and not [(byte)'4' or (byte)'6' or (byte)'8'])
        {
            Error(column, "must be 4, 6, 8 or empty");
        }
    }

    public void Reference(string column, IdSet ids, AppleFile target, bool required)
    {
        var value = Value(column);
        if (value.IsEmpty ? required : !ids.Contains(value))
        {
            Error(column, $"does not reference any row in {target.Name}");
        }
    }

    /// <summary>The numbered further columns of a family.</summary>
    public void References(string family, IdSet ids, AppleFile target)
    {
        foreach (var column in _columns.Keys.Where(name => IsFurther(name, family)))
        {
            Reference(column, ids, target, required: false);
        }
    }

    private ReadOnlySpan<byte> Value(string column) => csv[_columns[column]];

    private void CheckSyntax(int column)
    {
        var value = csv[column];
        if (value.IndexOfAny(AppleLimits.Forbidden) >= 0 || value.IndexOfAny(AppleLimits.Quoted) >= 0 != csv.IsQuoted(column))
        {
            Error(Name(column), "quotes exactly where a space, comma or semicolon stands; no quote, backslash, tab inside");
        }
        else if (!AppleLimits.Takes(value))
        {
            Error(Name(column), $"has more than {AppleLimits.LongestValue} characters, one that nobody sees, or begins like a formula");
        }
    }

    private string Name(int column) => _columns.Single(entry => entry.Value == column).Key;

    private void Error(string column, string rule) => errors.Add(new FeedError(file.Name, csv.Line, column, rule));

    private static bool IsFurther(string name) =>
        (IsFurther(name, AppleFile.Location) && Number(name) is >= 2 and <= AppleLimits.MostLocations)
        || (IsFurther(name, AppleFile.Instructor) && Number(name) is >= 2 and <= AppleLimits.MostInstructors);

    private static bool IsFurther(string name, string family) => name.StartsWith($"{family}_", StringComparison.Ordinal);

    private static int Number(string name) =>
        int.TryParse(name[(name.LastIndexOf('_') + 1)..], CultureInfo.InvariantCulture, out var number) ? number : 0;
}
