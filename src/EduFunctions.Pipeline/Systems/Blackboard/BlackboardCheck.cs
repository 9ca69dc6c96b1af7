using System.Text;
using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Reads the files and lists what Learn would refuse: columns, required values, lengths, characters, unique keys, references.</summary>
internal sealed class BlackboardCheck : ITargetCheck
{
    private static readonly char[] WordEnds = ['_', '-', '.', ' '];

    public string Type => "blackboard";

    public IReadOnlyList<TargetRule> Rules => LearnTargetRules.All;

    public void Check(CheckedFiles files, CheckReport report)
    {
        var tables = new TableCheck(LearnShapes.Form, report);
        var known = files.All.Select(file => (File: file, Header: Header(file))).Select(file => (file.File, file.Header, Shape: ShapeOf(file.File.Name, file.Header))).ToList();
        foreach (var (file, _, _) in known.Where(file => file.Shape is null))
        {
            report.Add(LearnTargetRules.FileUnknown, file.Path);
        }

        foreach (var shape in LearnShapes.All)
        {
            foreach (var (file, header, _) in known.Where(file => file.Shape == shape))
            {
                tables.Read(ShapeIn(shape, file.Name, header, report.IsOurs), file.Name, file.Open());
            }
        }
    }

    /// <summary>The object a file is of: by a word of its name, and else by the columns that it has.</summary>
    private static TableShape? ShapeOf(string name, string[] header)
    {
        var words = Words(name);
        var named = LearnShapes.All.Where(shape => words.Contains(shape.Name)).ToList();
        var possible = named.Count > 0 ? named : LearnShapes.All.Where(shape => shape.Columns.Take(shape.KeyColumns).All(key => Has(header, key)));
        return possible.MaxBy(shape => shape.Columns.Count(column => Has(header, column)));
    }

    /// <summary>What is asked of this file of an object: those of whom to delete have keys that no other file has to have, new people stand in two.</summary>
    private static TableShape ShapeIn(TableShape shape, string name, string[] header, bool isOurs)
    {
        var words = Words(name);
        var isOfKeys = words.Contains("delete") || HasKeysAlone(shape, header) || (isOurs && HasStatus(shape) && !header.Contains(LearnObject.RowStatus));
        return words.Contains("moved") ? LearnShapes.Moved(isOurs ? LearnShapes.Filled(shape) : shape) with { Name = name }
            : isOfKeys ? LearnShapes.OfKeys(shape) with { Name = name }
            : Named(isOurs ? LearnShapes.Filled(shape) : shape, words.Contains("new") || words.Contains("aside") || words.Contains("neutral") ? name : null);
    }

    /// <param name="apart">The name of a file beside the object's own; null for that one.</param>
    private static TableShape Named(TableShape shape, string? apart) => apart is null ? shape : LearnShapes.Apart(shape) with { Name = apart };

    private static bool HasStatus(TableShape shape) => shape.Columns.Any(column => column.Name == LearnObject.RowStatus);

    private static bool HasKeysAlone(TableShape shape, string[] header) =>
        shape.Columns.Skip(shape.KeyColumns).Any(column => !column.MayBeAbsent)
        && shape.Columns.Skip(shape.KeyColumns).All(column => !Has(header, column) || column.Name is LearnObject.DataSourceKey or LearnObject.RowStatus);

    private static string[] Words(string name) => name.ToLowerInvariant().Split(WordEnds);

    private static bool Has(string[] header, ColumnShape column) => header.Contains(column.Name, StringComparer.OrdinalIgnoreCase);

    private static string[] Header(CheckedFile file)
    {
        using var text = new CheckedText(file.Open());
        return Encoding.UTF8.GetString(text.FirstLine).Split([.. LearnShapes.Form.Separators, '"']);
    }
}
