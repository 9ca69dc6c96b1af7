using System.Text;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Reads the files and lists what Unikum would refuse: files, columns, required values, ids, references, order.</summary>
/// <param name="settings">Null for files of others, whose layout shows in their rows.</param>
/// <param name="known">Opens what Unikum has when our files have been read.</param>
internal sealed class UnikumCheck(UnikumSettings? settings, Func<Stream> known) : ITargetCheck
{
    public UnikumCheck()
        : this(settings: null, () => Stream.Null)
    {
    }

    public string Type => "unikumRelations";

    public IReadOnlyList<TargetRule> Rules => UnikumTargetRules.All;

    public void Check(CheckedFiles files, CheckReport report)
    {
        CheckNames(files, report);
        IReadOnlyList<IdSet>? objects = null;
        foreach (var file in files.All.Where(file => Has(file, UnikumFeed.ObjectEnding)))
        {
            using var text = Open(file);
            var check = new PrincipalCheck(settings, SeparatorOf(text.FirstLine));
            CheckRows(file, text, check, report);
            objects = check.Ids;
        }

        foreach (var file in files.All.Where(file => Has(file, UnikumFeed.RelationEnding)))
        {
            using var text = Open(file);
            var layout = settings?.Layout ?? RelationLayout.Of(text.FirstLine) ?? RelationLayout.Parse(UnikumSettings.DefaultLayout)!;
            CheckRows(file, text, new RelationCheck(layout, settings is null ? objects : KnownObjects(), settings?.OrganisationId), report);
        }

        if (objects is null)
        {
            report.Note("No file of principals is among the files: whether relations refer to objects was not checked.");
        }
    }

    private static void CheckNames(CheckedFiles files, CheckReport report)
    {
        foreach (var file in files.All.Where(file => !Has(file, UnikumFeed.ObjectEnding) && !Has(file, UnikumFeed.RelationEnding)))
        {
            report.Add(UnikumTargetRules.FileUnknown, file.Path);
        }

        foreach (var package in files.All.Where(file => file.Package.Length > 0).GroupBy(file => file.Package))
        {
            var stem = Path.GetFileNameWithoutExtension(package.Key);
            string[] expected = [stem + UnikumFeed.ObjectEnding, stem + UnikumFeed.RelationEnding];
            if (package.All(file => Has(file, UnikumFeed.ObjectEnding) || Has(file, UnikumFeed.RelationEnding)) && !expected.All(name => package.Any(file => file.Path == name)))
            {
                report.Add(UnikumTargetRules.Names, package.Key);
            }
        }
    }

    private CheckedText Open(CheckedFile file) => new(
        settings?.IsLatin == true ? Encoding.CreateTranscodingStream(file.Open(), settings.FileEncoding, Encoding.UTF8) : file.Open());

    private static byte SeparatorOf(ReadOnlySpan<byte> row) =>
        (byte)(row.Contains((byte)'\t') ? '\t' : row.Count((byte)';') > row.Count((byte)',') ? ';' : row.Contains((byte)',') ? ',' : '\t');

    private static bool Has(CheckedFile file, string ending) => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>All objects that Unikum has when the file before has been read.</summary>
    private IdSet[] KnownObjects()
    {
        IdSet[] objects = [.. PrincipalFormat.All.Select(_ => new IdSet())];
        for (var lines = new KnownLines(known(), 2, isConfirmed: true); lines.IsThere; lines.Read())
        {
            objects[lines.Key[0] - '0'].Add(lines.Key[2..]);
        }

        return objects;
    }

    private void CheckRows(CheckedFile file, CheckedText text, IRowCheck check, CheckReport report)
    {
        report.CountFile();
        var lines = new LineReader(text);
        while (!report.IsFull && lines.Read())
        {
            report.CountRows(1);
            if (check.Find(lines.Current) is { } fault)
            {
                report.Add(Breach(file, lines, check, fault));
            }
            else if (!lines.HasLineEnd)
            {
                report.Add(new RuleBreach(UnikumTargetRules.LineEnd, file.Name, lines.Line, 0, "row", ""));
            }
        }

        CheckForm(file, text, report);
    }

    private static RuleBreach Breach(CheckedFile file, LineReader lines, IRowCheck check, RowFault fault)
    {
        var field = 0;
        foreach (var range in lines.Current.Split(check.Separator))
        {
            if (field++ == fault.Field)
            {
                var position = Encoding.UTF8.GetCharCount(lines.Current[..range.Start.Value]) + 1;
                return new RuleBreach(fault.Rule, file.Name, lines.Line, position, fault.Column, RuleBreach.KindOf(lines.Current[range]));
            }
        }

        return new RuleBreach(fault.Rule, file.Name, lines.Line, 0, fault.Column, $"{field} columns");
    }

    private void CheckForm(CheckedFile file, CheckedText text, CheckReport report)
    {
        if (text.Encoding != "UTF-8")
        {
            report.Add(UnikumTargetRules.Encoding, file.Name, "encoding", text.Encoding);
        }
        else if (text.Foreign.Count > 0)
        {
            report.Add(new RuleBreach(UnikumTargetRules.Latin, file.Name, text.Foreign.FirstLine, 0, "encoding", $"bytes that were read as Windows-1252: {text.Foreign.Count}"));
        }
        else if (text.HasMark)
        {
            report.Add(new RuleBreach(UnikumTargetRules.Mark, file.Name, 1, 0, "encoding", ""));
        }

        if (text.Returns.Count > 0)
        {
            report.Add(new RuleBreach(UnikumTargetRules.Returns, file.Name, text.Returns.FirstLine, 0, "line end", $"carriage returns alone: {text.Returns.Count}"));
        }

        var others = settings?.LineEndBytes.Length > 1 ? text.Feeds : text.ReturnFeeds;
        if (settings is not null && others.Count > 0)
        {
            report.Add(new RuleBreach(UnikumTargetRules.LineEnd, file.Name, others.FirstLine, 0, "row", ""));
        }
    }
}
