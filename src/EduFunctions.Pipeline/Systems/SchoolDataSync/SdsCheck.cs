using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>Reads the files back and lists what School Data Sync would refuse: files, columns, values, references, keys.</summary>
internal sealed class SdsCheck(SdsSettings settings)
{
    private const int MostErrors = 1000;

    private readonly Dictionary<string, IdSet> _ids = SdsFile.All.ToDictionary(file => file.Name, _ => new IdSet());
    private readonly List<FeedError> _errors = [];

    public IReadOnlyList<FeedError> Errors(FeedFiles files)
    {
        var read = files.Names.SelectMany(name => SdsPackage.Read(name, files.Open(name), (file, content) =>
        {
            CheckFile(file, content);
            return new[] { file };
        })).ToList();
        foreach (var missing in SdsFile.Of(settings).Select(file => file.Name).Except(read))
        {
            _errors.Add(new FeedError(missing, 0, "file", "must be there every time"));
        }

        return _errors;
    }

    private void CheckFile(string name, Stream content)
    {
        if (SdsFile.All.FirstOrDefault(file => file.Name == name) is not { } file)
        {
            _errors.Add(new FeedError(name, 0, "file", "is no file of the format"));
            return;
        }

        var line = 1;
        string[] before = [];
        foreach (var row in Rfc4180.Read(content).TakeWhile(_ => _errors.Count < MostErrors))
        {
            if (line == 1 && !row.SequenceEqual(file.Columns.Select(column => column.Name)))
            {
                Add(file, line, "header", "must have the format's columns");
                return;
            }

            if (line > 1)
            {
                CheckRow(file, line, row, before);
                before = row;
            }

            line++;
        }
    }

    private void CheckRow(SdsFile file, int line, string[] row, string[] before)
    {
        if (row.Length != file.Columns.Length)
        {
            Add(file, line, "row", "has not as many values as the header");
            return;
        }

        foreach (var (column, value) in file.Columns.Zip(row))
        {
            if (Fault(column, value) is { } fault)
            {
                Add(file, line, column.Name, fault);
            }
        }

        if (before.Length == row.Length && Compare(before, row, file.KeyColumns) >= 0)
        {
            Add(file, line, file.Columns[file.KeyColumns - 1].Name, "must be unique, rows sorted by it");
        }

        _ids[file.Name].Add(Encoding.UTF8.GetBytes(row[0]));
    }

    private static int Compare(string[] before, string[] row, int columns) =>
        Enumerable.Range(0, columns).Select(column => string.CompareOrdinal(before[column], row[column])).FirstOrDefault(order => order != 0);

    /// <summary>What is wrong with a value; null when nothing is.</summary>
    private string? Fault(SdsColumn column, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        return value.Length == 0 ? column.IsRequired ? "is required" : null
            : !SdsLimits.Takes(bytes) ? $"has more than {SdsLimits.LongestText} characters, a line break, one that nobody sees, or begins like a formula"
            : column.Kind switch
            {
                SdsKind.Id => SdsLimits.TakesId(bytes) ? null : "must be letters, digits, hyphens and underscores",
                SdsKind.Reference => _ids[column.Values[0]].Contains(bytes) ? null : $"refers to a row that {column.Values[0]} does not have",
                SdsKind.PersonName => SdsLimits.IsPersonNameTooLong(bytes) ? $"has more than {SdsLimits.LongestPersonName} characters" : null,

                // Contacts have addresses of their own, which are no names in Entra.
                SdsKind.UserName => SdsLimits.TakesUserName(bytes) || SdsLimits.TakesEmail(bytes) ? null : "must be a user principal name with its domain",
                SdsKind.Email => SdsLimits.TakesEmail(bytes) ? null : "must be an e-mail address",
                SdsKind.Word => column.Values.Contains(value) ? null : "must be a value of Microsoft's list",
                SdsKind.Date => DateOnly.TryParseExact(value, DayAttribute.Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? null : "must be a day, YYYY-MM-DD",
                SdsKind.Year => value.Length == 4 && value.All(char.IsAsciiDigit) ? null : "must be a year",
                SdsKind.Flag => value is "true" or "false" ? null : "must be true or false",
                _ => null,
            };
    }

    private void Add(SdsFile file, int line, string column, string rule) => _errors.Add(new FeedError(file.Name, line, column, rule));
}
