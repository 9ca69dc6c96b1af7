using System.Text;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;

namespace EduFunctions.Pipeline.Listing;

/// <summary>A list as a file for a spreadsheet, in the reader's language: with what each code means, and what to correct where. Codes stay.</summary>
public sealed class ListCsv(CodeSentences sentences)
{
    // Without it a spreadsheet takes the file for one of the machine's own encoding.
    private const char ByteOrderMark = '\uFEFF';
    private const string EndOfRow = "\r\n";

    /// <summary>With what a spreadsheet takes for a formula.</summary>
    private const string Formulas = "=+-@\t\r";

    public string Of(RunList list, Language language)
    {
        // Swedish and Danish spreadsheets have the comma in numbers.
        var separator = language == Language.English ? ',' : ';';
        var (isPlan, isFindings) = (list.List == RunList.Plan, list.List == RunList.Findings);
        var text = new StringBuilder().Append(ByteOrderMark);
        Add(text, separator, [
            language["School id"], language["School"], language["What it is"], language["Id"], language["Refers to"], language["Code"], language["What it means"],
            language["What to correct, and where"], .. isPlan ? [language["Before and after"]] : isFindings ? [language["Field in the register"]] : Array.Empty<string>(),
        ]);
        foreach (var row in list.Rows)
        {
            Add(text, separator, [
                row.School, row.SchoolName, RowWords.OfKind(row.Kind, language), row.Id, row.RefersTo, row.Code, MeaningOf(row.Code, language), sentences.AdviceOn(row.Code, language),
                .. isPlan ? [Columns(row, language)] : isFindings ? [row.Property] : Array.Empty<string?>(),
            ]);
        }

        return text.ToString();
    }

    /// <summary>Also of what a plan does, which is no rule and no finding.</summary>
    public string MeaningOf(string code, Language language) => code switch
    {
        "added" => language["is added"],
        "changed" => language["is changed"],
        "removed" => language["is removed"],
        _ => sentences.Of(code, language),
    };

    private static string Columns(ListedRow row, Language language) => string.Join("; ", (row.Columns ?? []).Select(column => column.IsWithheld
        ? $"{RowWords.OfColumn(column.Column, language)}: {language["is another now"]}"
        : $"{RowWords.OfColumn(column.Column, language)}: {RowWords.OfValue(column.Column, column.Before, language)} → {RowWords.OfValue(column.Column, column.Now, language)}"));

    private static void Add(StringBuilder text, char separator, IEnumerable<string?> cells) =>
        text.AppendJoin(separator, cells.Select(cell => Cell(cell ?? "", separator))).Append(EndOfRow);

    /// <summary>What begins like a formula begins with an apostrophe, which a spreadsheet takes for "this is text".</summary>
    private static string Cell(string text, char separator)
    {
        var plain = text.Length > 0 && Formulas.Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;
        return plain.AsSpan().IndexOfAny([separator, '"', '\r', '\n']) >= 0 ? $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : plain;
    }
}
