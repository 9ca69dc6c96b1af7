using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>The rows of one file, by the names of its columns, in whatever order the file has them.</summary>
[Told]
internal sealed class OneRosterRows : IDisposable
{
    // Throws on bytes that are no UTF-8; a byte order mark is no part of the first name.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly CsvFile _file;
    private readonly CsvParser _parser;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly List<string> _extensions = [];
    private string[] _fields = [];
    private int _begun = 1;

    /// <exception cref="CsvFileException">It has no header, or not all columns of the form.</exception>
    public OneRosterRows(CsvFile file, Stream content)
    {
        _file = file;
        _parser = new CsvParser(new StreamReader(content, Utf8, leaveOpen: true), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Mode = CsvMode.RFC4180,
            IgnoreBlankLines = true,
            BadDataFound = _ => throw Broken("a quote stands within a field that does not begin with one"),
        });
        ReadHeader();
    }

    /// <summary>Where the row begins, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>How many rows were passed over in which nothing stands, as below the table of a spreadsheet.</summary>
    public int Blank { get; private set; }

    /// <summary>The sender's own columns.</summary>
    public IReadOnlyList<string> Extensions => _extensions;

    /// <summary>The field, empty for a column that the file does not have, and where nothing but blanks stands.</summary>
    public string this[string column] => _columns.TryGetValue(column, out var at) && !SpreadsheetRemains.IsBlank(_fields[at]) ? _fields[at] : "";

    /// <exception cref="CsvFileException">The row has more or fewer fields than the header, or the file is no CSV from here on.</exception>
    public bool Read()
    {
        do
        {
            Line = _begun;
            if (!Next())
            {
                return false;
            }

            _fields = _parser.Record!;
            Blank++;
        }
        while (_fields.All(SpreadsheetRemains.IsBlank));

        Blank--;
        return _fields.Length == _columns.Count
            ? true
            : throw Broken($"has {_fields.Length} fields, and the header {_columns.Count}");
    }

    public void Dispose() => _parser.Dispose();

    private void ReadHeader()
    {
        Line = 1;
        if (!Next())
        {
            throw Broken("there is no header");
        }

        var twice = new List<string>();
        foreach (var (at, name) in _parser.Record!.Index())
        {
            if (!_columns.TryAdd(name, at))
            {
                twice.Add(name);
            }

            if (name.StartsWith(CsvForm.Extension, StringComparison.OrdinalIgnoreCase))
            {
                _extensions.Add(name);
            }
        }

        var names = _file.Columns.Select(column => column.Name).ToList();
        var missing = names.Except(_columns.Keys).ToList();
        var strange = _columns.Keys.Except(names).Where(name => !_file.HasOthers && !name.StartsWith(CsvForm.Extension, StringComparison.Ordinal)).ToList();
        if (missing.Count + strange.Count + twice.Count > 0)
        {
            throw Fatal(1, "", 2 * missing.Count > names.Count ? NoHeader(missing, names.Count) : string.Join("; ", Wrong(missing, strange, twice)));
        }
    }

    /// <summary>What stands there may be a row, with somebody's values in it.</summary>
    private static string NoHeader(List<string> missing, int all) =>
        $"is no header of this file, since {missing.Count} of its {all} columns are not there: {string.Join(", ", missing)}";

    private static IEnumerable<string> Wrong(List<string> missing, List<string> strange, List<string> twice)
    {
        if (missing.Count > 0)
        {
            yield return $"lacks of the columns of OneRoster {CsvForm.Version}: {string.Join(", ", missing)}";
        }

        if (strange.Count > 0)
        {
            yield return $"has what is no column of it: {string.Join(", ", strange)} (those of your own begin with {CsvForm.Extension})";
        }

        if (twice.Count > 0)
        {
            yield return $"has twice: {string.Join(", ", twice.Distinct())}";
        }
    }

    private bool Next()
    {
        try
        {
            var isThere = _parser.Read();
            _begun = _parser.RawRow + 1;
            return isThere;
        }
        catch (DecoderFallbackException e)
        {
            throw new CsvFileException(new CsvError(_file.Name, Line, "", "is no UTF-8 near this line", IsFatal: true), e);
        }
        catch (InvalidDataException e)
        {
            throw new CsvFileException(new CsvError(_file.Name, Line, "", "cannot be unpacked", IsFatal: true), e);
        }
    }

    private CsvFileException Broken(string rule) => Fatal(Line, "", rule);

    private CsvFileException Fatal(int line, string field, string rule) => new(new CsvError(_file.Name, line, field, rule, IsFatal: true));
}
