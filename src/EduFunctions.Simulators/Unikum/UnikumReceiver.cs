using System.IO.Compression;

namespace EduFunctions.Simulators.Unikum;

/// <summary>
/// The receiving end of Unikum's nightly import: takes zips of an object and a relation file, carries them out and reports. The real one's texts are
/// not known; these are our own.
/// </summary>
public sealed class UnikumReceiver(UnikumOptions options)
{
    private readonly List<UnikumReport> _reports = [];

    public UnikumState State { get; } = new();

    public IReadOnlyList<UnikumReport> Reports => _reports;

    public UnikumReport Import(string name, Stream zip)
    {
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        var report = new UnikumReport(name);
        _reports.Add(report);
        foreach (var ending in new[] { ".principals", ".relations" })
        {
            var file = Path.GetFileNameWithoutExtension(name) + ending;
            if (archive.GetEntry(file) is not { } entry)
            {
                report.Error(file, 0, "the file is missing");
                return report;
            }

            Import(file, Lines(entry, report), report);
        }

        return report;
    }

    private void Import(string file, string[] lines, UnikumReport report)
    {
        if (file.EndsWith(".principals", StringComparison.Ordinal))
        {
            new PrincipalImport(options, State, report, file).Read(lines);
        }
        else
        {
            new RelationImport(options, State, report, file).Read(lines);
        }
    }

    private string[] Lines(ZipArchiveEntry entry, UnikumReport report)
    {
        using var reader = new StreamReader(entry.Open(), options.Encoding, detectEncodingFromByteOrderMarks: false);
        var text = reader.ReadToEnd();
        if (text.Length > 0 && !text.EndsWith(options.LineEnd, StringComparison.Ordinal))
        {
            report.Error(entry.Name, 0, "the last line does not end");
        }

        return text.Length == 0 ? [] : text[..^options.LineEnd.Length].Split(options.LineEnd);
    }
}
