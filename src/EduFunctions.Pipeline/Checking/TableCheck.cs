using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Checking;

/// <summary>Checks the files of one delivery, each once, those that are referred to first.</summary>
internal sealed class TableCheck(TableForm form, CheckReport report)
{
    private readonly Dictionary<string, IdSet> _keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IdSet> _unique = new(StringComparer.Ordinal);

    public CheckReport Report => report;

    public TableForm Form => form;

    /// <summary>Says that a file is known to have no rows: whatever refers to it is wrong.</summary>
    public void Expect(string file) => _keys[file] = new IdSet();

    /// <summary>The keys of a file that was read; null for one that was not, so that nothing can be said of references to it.</summary>
    public IdSet? KeysOf(string file) => _keys.GetValueOrDefault(file);

    public IdSet Unique(string scope) => _unique.TryGetValue(scope, out var seen) ? seen : _unique[scope] = new IdSet();

    /// <exception cref="InvalidDataException">The file cannot be read to its end.</exception>
    public void Read(TableShape shape, string file, Stream content)
    {
        report.CountFile();
        try
        {
            ReadRows(shape, file, content);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    private void ReadRows(TableShape shape, string file, Stream content)
    {
        using var text = new CheckedText(content);
        var separator = SeparatorOf(text.FirstLine);
        // Several files may be of one shape, and rows may refer to others of their own file.
        var keys = _keys.TryGetValue(shape.Name, out var known) ? known : new IdSet();
        var reading = new TableReading(this, shape, file, new CsvReader(text, (byte)separator, form.Escape), keys);
        if (!form.Separators.Contains(separator, StringComparison.Ordinal))
        {
            reading.Add(form.Separator, 1, 0, "header", Name(separator));
        }

        if (reading.ReadHeader())
        {
            _keys[shape.Name] = keys;
            reading.ReadRows();
        }

        AddForm(text, file);
    }

    /// <summary>What stands most often between the letters of a header, and is no letter of a name.</summary>
    private char SeparatorOf(ReadOnlySpan<byte> header)
    {
        var (most, found) = (0, form.Separators[0]);
        foreach (var character in TableForm.AnySeparator)
        {
            var count = header.Count((byte)character);
            (most, found) = count > most ? (count, character) : (most, found);
        }

        return found;
    }

    private static string Name(char separator) => separator == '\t' ? "a tab" : $"\"{separator}\"";

    private void AddForm(CheckedText text, string file)
    {
        if (text.Encoding != "UTF-8")
        {
            report.Add(form.Encoding, file, "encoding", text.Encoding);
        }
        else if (text.Foreign.Count > 0)
        {
            report.Add(new RuleBreach(form.Encoding, file, text.Foreign.FirstLine, 0, "encoding", $"bytes that are none and were read as Windows-1252: {text.Foreign.Count}"));
        }

        if (text.HasMark && text.Encoding == "UTF-8")
        {
            AddForm(form.Mark, file, (1, 1), "encoding", "byte order mark");
        }

        AddForm(form.Feeds, file, text.Feeds, "line end", "line feeds alone");
        AddForm(form.ReturnFeeds, file, text.ReturnFeeds, "line end", "carriage returns with line feeds");
        AddForm(form.Returns, file, text.Returns, "line end", "carriage returns alone");
    }

    private void AddForm(TargetRule? rule, string file, (int Count, int FirstLine) lines, string column, string what)
    {
        if (rule is not null && lines.Count > 0)
        {
            report.Add(new RuleBreach(rule, file, lines.FirstLine, 0, column, $"{what}: {lines.Count}"));
        }
    }
}
