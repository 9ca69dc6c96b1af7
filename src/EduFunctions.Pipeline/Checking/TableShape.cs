using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Checking;

/// <summary>A column of a file and what is asked of its values.</summary>
internal sealed record ColumnShape(string Name, params IReadOnlyList<ValueRule> Rules)
{
    /// <summary>The rule that it may not be empty, null where it may.</summary>
    public TargetRule? Required { get; init; }

    /// <summary>Whether a file may do without it.</summary>
    public bool MayBeAbsent { get; init; }

    /// <summary>The file whose first key the values are; null for values of their own.</summary>
    public string? RefersTo { get; init; }

    /// <summary>The rule that what it refers to is there.</summary>
    public TargetRule? Reference { get; init; }

    /// <summary>Whether it holds several ids with commas between them.</summary>
    public bool IsList { get; init; }

    /// <summary>The rule that no two rows have the same, whatever its case, and what the other columns that count with it are called.</summary>
    public (TargetRule Rule, string Scope)? Unique { get; init; }

    /// <summary>The file that may not have the value as a key, and the rule that says so.</summary>
    public (TargetRule Rule, string File)? NotIn { get; init; }
}

/// <summary>A file of rows by columns.</summary>
/// <param name="KeyColumns">How many of the columns, from the first, may have the same values together once only.</param>
internal sealed record TableShape(string Name, int KeyColumns, TargetRule KeyTwice, params IReadOnlyList<ColumnShape> Columns)
{
    /// <summary>Whether other files name its rows.</summary>
    public bool IsReferredTo { get; init; }

    /// <summary>The rule that rows stand in the order of their keys.</summary>
    public TargetRule? Order { get; init; }

    /// <summary>The shape of a column that the file may have beside those of the list; null for a name that none has.</summary>
    public Func<string, ColumnShape?> Further { get; init; } = _ => null;

    /// <summary>The column whose value says whether a row stands for anything, and the test of it; a file without it has such rows alone.</summary>
    public (string Column, RowTest Test)? Counts { get; init; }

    /// <summary>The rule that there is a row.</summary>
    public TargetRule? Filled { get; init; }
}

/// <summary>A rule about how a value stands in its row; null when it stands well.</summary>
/// <param name="written">Without the quotes around it, but with all that is escaped in it.</param>
internal delegate TargetRule? QuotingTest(ReadOnlySpan<byte> written, bool isQuoted);

/// <summary>What a target asks of all its files of rows, whatever is in them. Rules that are null are not asked for.</summary>
internal sealed record TableForm
{
    /// <summary>What can stand between values at all.</summary>
    public const string AnySeparator = "|,;\t:~^!$#";

    public required TargetRule Encoding { get; init; }

    public TargetRule? Mark { get; init; }

    /// <summary>The rules against lines that end with a line feed, with both, and with a carriage return.</summary>
    public TargetRule? Feeds { get; init; }

    /// <inheritdoc cref="Feeds"/>
    public TargetRule? ReturnFeeds { get; init; }

    /// <inheritdoc cref="Feeds"/>
    public TargetRule? Returns { get; init; }

    /// <summary>The characters that may stand between values.</summary>
    public string Separators { get; init; } = ",";

    public TargetRule? Separator { get; init; }

    public required TargetRule Header { get; init; }

    public required TargetRule ColumnMissing { get; init; }

    public required TargetRule ColumnTwice { get; init; }

    public required TargetRule ColumnUnknown { get; init; }

    public TargetRule? ColumnOrder { get; init; }

    /// <summary>Whether columns are called the same in capitals.</summary>
    public bool IgnoresCaseOfColumns { get; init; }

    public required TargetRule RowLength { get; init; }

    public required TargetRule QuoteOpen { get; init; }

    public required TargetRule QuoteStray { get; init; }

    /// <summary>The rule that the last line ends, too.</summary>
    public TargetRule? LastLine { get; init; }

    /// <summary>The rule against lines with nothing on them.</summary>
    public TargetRule? BlankLine { get; init; }

    /// <summary>What stands before a quote in a quoted value; 0 for another quote.</summary>
    public byte Escape { get; init; }

    public QuotingTest? Quoting { get; init; }

    /// <summary>What is asked of every value.</summary>
    public IReadOnlyList<ValueRule> Every { get; init; } = [];
}
