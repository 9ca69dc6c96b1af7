using Xunit;

namespace EduFunctions.Tests.Systems.OneRoster.Feed;

/// <summary>A receiver of OneRoster files that does what the standard says of bulk and delta: active rows by file and id.</summary>
internal sealed class FormReceiver
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _rows = new(StringComparer.Ordinal);

    /// <summary>A line for every row, in the order of files and ids.</summary>
    public string Text => string.Join('\n', _rows.SelectMany(file => file.Value.Select(row => $"{file.Key} {row.Value}")));

    public void Take(byte[] zip)
    {
        Assert.Empty(FormRules.Broken(zip));
        var files = FormRules.Files(zip);
        foreach (var (property, mode) in files["manifest.csv"].Where(row => row[0].StartsWith("file.", StringComparison.Ordinal)).Select(row => (row[0], row[1])))
        {
            var name = $"{property[5..]}.csv";
            var isBulk = mode == "bulk" || files["manifest.csv"].All(row => row[1] != "delta");
            var rows = isBulk || !_rows.TryGetValue(name, out var known) ? _rows[name] = new(StringComparer.Ordinal) : known;
            foreach (var row in files.GetValueOrDefault(name, []).Skip(1))
            {
                Take(rows, row);
            }
        }
    }

    private static void Take(SortedDictionary<string, string> rows, string[] row)
    {
        if (row[1] == "tobedeleted")
        {
            rows.Remove(row[0]);
            return;
        }

        (row[1], row[2]) = ("", "");
        rows[row[0]] = string.Join('|', row);
    }
}
