using System.IO.Compression;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>Reads the zip back and lists what breaks the form: files and manifest, columns, values, references, unique ids.</summary>
internal sealed class OneRosterCheck
{
    private const int MostErrors = 1000;

    private readonly Dictionary<string, IdSet> _ids = CsvForm.Files.ToDictionary(file => file.Name, _ => new IdSet());
    private readonly List<FeedError> _errors = [];
    private readonly List<(int Line, string Column, byte[] Id)> _within = [];

    /// <summary>Bulk or delta, as the manifest says: all files are one or the other.</summary>
    private string _mode = OneRosterFeedSettings.Bulk;

    public static IReadOnlyList<FeedError> Errors(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var check = new OneRosterCheck();
        check.CheckManifest(zip);
        foreach (var file in CsvForm.Files)
        {
            if (check._errors.Count < MostErrors && zip.GetEntry(file.FileName) is { } entry)
            {
                using var content = entry.Open();
                check.CheckFile(file, content);
            }
        }

        return check._errors;
    }

    private void CheckManifest(ZipArchive zip)
    {
        if (zip.GetEntry($"{CsvManifest.Name}.csv") is not { } entry)
        {
            Add(CsvManifest.Name, 0, "file", "must be in the zip");
            return;
        }

        using var content = entry.Open();
        var properties = Rfc4180.Read(content).Skip(1).ToDictionary(row => row[0], row => row.ElementAtOrDefault(1));
        _mode = properties.ContainsValue(OneRosterFeedSettings.Delta) ? OneRosterFeedSettings.Delta : OneRosterFeedSettings.Bulk;
        var there = OneRosterZip.DataIn(zip).Select(data => data.FullName).ToHashSet();
        foreach (var name in CsvForm.AllNames)
        {
            var expected = there.Remove($"{name}.csv") ? _mode : OneRosterZip.Absent;
            if (properties.GetValueOrDefault(CsvManifest.PropertyOf(name)) != expected)
            {
                Add(CsvManifest.Name, 0, CsvManifest.PropertyOf(name), $"must be {expected}");
            }
        }

        foreach (var strange in there)
        {
            _errors.Add(new FeedError(strange, 0, "file", "is no file of the form"));
        }
    }

    private void CheckFile(CsvFile file, Stream content)
    {
        var line = 1;
        var before = "";
        foreach (var row in Rfc4180.Read(content))
        {
            if (line == 1 && !row.SequenceEqual(file.Columns.Select(column => column.Name)))
            {
                Add(file.Name, line, "header", "must have the columns of the form in their order");
                return;
            }

            if (line > 1 && row.Length == file.Columns.Length)
            {
                CheckRow(file, line, row);
                CheckId(file, line, row[0], ref before);
            }
            else if (line > 1)
            {
                Add(file.Name, line, "row", "has not as many values as the header");
            }

            line++;
        }

        if (line <= 2)
        {
            Add(file.Name, line, "row", "there must be one");
        }

        CheckWithin(file);
    }

    /// <summary>A row may refer to one of its own file that stands below.</summary>
    private void CheckWithin(CsvFile file)
    {
        foreach (var (line, column, _) in _within.Where(reference => !_ids[file.Name].Contains(reference.Id)))
        {
            Add(file.Name, line, column, "refers to a row that is not there");
        }

        _within.Clear();
    }

    private void CheckId(CsvFile file, int line, string id, ref string before)
    {
        if (string.CompareOrdinal(before, id) >= 0)
        {
            Add(file.Name, line, "sourcedId", "must be unique, rows sorted by it");
        }

        before = id;
        _ids[file.Name].Add(Encoding.UTF8.GetBytes(id));
    }

    private void CheckRow(CsvFile file, int line, string[] row)
    {
        foreach (var (column, value) in file.Columns.Zip(row))
        {
            if (Fault(file, line, column, value) is { } fault)
            {
                Add(file.Name, line, column.Name, fault);
            }
        }
    }

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    private string? Fault(CsvFile file, int line, CsvColumn column, string value) =>
        column.Kind == ValueKind.Empty || column.Name == "dateLastModified" ? FaultOfChange(column, value)
        : column.Kind == ValueKind.Flag && value is not ("true" or "false" or "") ? "must be true or false"
        : CsvValue.Expected(column, value) is { } expected ? $"must be {expected}"
        : !OneRosterLimits.Takes(Encoding.UTF8.GetBytes(column.Kind == ValueKind.References ? "" : value)) ? "is too long, begins like a formula, or has what nobody sees"
        : column.Kind is ValueKind.Id or ValueKind.Reference or ValueKind.References ? FaultOfIds(file, line, column, value)
        : null;

    /// <summary>When and how a row has changed is told where files say what has changed, and nowhere else.</summary>
    private string? FaultOfChange(CsvColumn column, string value) =>
        _mode == OneRosterFeedSettings.Bulk ? value.Length > 0 ? "must be empty in bulk files" : null
        : column.Kind == ValueKind.Empty ? value is "active" or "tobedeleted" ? null : "must be active or tobedeleted"
        : value.EndsWith('Z') && DateTimeOffset.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _) ? null : "must be a time in UTC";

    private string? FaultOfIds(CsvFile file, int line, CsvColumn column, string value)
    {
        foreach (var id in CsvValue.List(value).Select(Encoding.UTF8.GetBytes))
        {
            if (!OneRosterLimits.TakesId(id))
            {
                return "must be letters, digits and . - _ / @";
            }

            // Files that say what has changed refer to what is there already.
            if (column.Kind == ValueKind.Id || _mode != OneRosterFeedSettings.Bulk)
            {
                continue;
            }

            if (column.Values[0] == file.Name)
            {
                _within.Add((line, column.Name, id));
            }
            else if (!_ids[column.Values[0]].Contains(id))
            {
                return $"refers to a row that {column.Values[0]}.csv does not have";
            }
        }

        return null;
    }

    private void Add(string file, int line, string column, string rule) => _errors.Add(new FeedError($"{file}.csv", line, column, rule));
}
