using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>What OneRoster 1.2 asks of its files, and where it says so.</summary>
internal static class OneRosterTargetRules
{
    private const string Binding = "1EdTech OneRoster 1.2, CSV Binding";
    private const string Manifest = $"{Binding}: manifest.csv";
    private const string Tables = $"{Binding}: tables of the files";
    private const string Formats = $"{Binding}: data types";
    private const string Csv = "RFC 4180, section 2";
    private const string House = "EduFunctions, docs/feeds/oneroster.md";

    public static readonly TargetRule ManifestMissing = new("oneRoster/manifestMissing", "must be in the zip", Manifest, Certainty.Stated);

    public static readonly TargetRule ManifestVersion = new("oneRoster/manifestVersion", "must be that of OneRoster 1.2 and of its manifest", Manifest, Certainty.Stated);

    public static readonly TargetRule ManifestFile = new("oneRoster/manifestFile", "must say bulk or delta of a file that is there, and absent of any other", Manifest, Certainty.Stated);

    public static readonly TargetRule FileUnknown = new("oneRoster/fileUnknown", "is no file of the form", Binding, Certainty.Stated);

    public static readonly TargetRule Encoding = new("oneRoster/encoding", "must be UTF-8", Binding, Certainty.Stated);

    public static readonly TargetRule Mark = new(
        "oneRoster/mark", "had better have no byte order mark: some read it as part of the first column's name", "Public readers of OneRoster files", Certainty.Seen)
    { IsWarning = true };

    public static readonly TargetRule Feeds = new(
        "oneRoster/feeds", "should be a carriage return and a line feed; most take a line feed alone", Csv, Certainty.Stated)
    { IsWarning = true };

    public static readonly TargetRule Returns = new("oneRoster/returns", "must be a carriage return and a line feed", Csv, Certainty.Stated);

    public static readonly TargetRule Separator = new("oneRoster/separator", "must have commas between its values", Csv, Certainty.Stated);

    public static readonly TargetRule Header = new("oneRoster/header", "must stand on the first line", Binding, Certainty.Stated);

    public static readonly TargetRule ColumnMissing = new("oneRoster/columnMissing", "is a column of the form and is not there", Tables, Certainty.Stated);

    public static readonly TargetRule ColumnTwice = new("oneRoster/columnTwice", "stands in the header twice", Tables, Certainty.Inferred);

    public static readonly TargetRule ColumnUnknown = new(
        "oneRoster/columnUnknown", "is no column of the form, and does not begin with metadata. as a sender's own do", Tables, Certainty.Stated);

    public static readonly TargetRule ColumnOrder = new(
        "oneRoster/columnOrder", "has the form's columns in another order; not every reader goes by their names", Tables, Certainty.Inferred)
    { IsWarning = true };

    public static readonly TargetRule RowLength = new("oneRoster/rowLength", "must have as many values as the header", Csv, Certainty.Stated);

    public static readonly TargetRule QuoteOpen = new("oneRoster/quoteOpen", "has a quote that never closes, so that the rest of the file is one value", Csv, Certainty.Stated);

    public static readonly TargetRule QuoteStray = new("oneRoster/quoteStray", "has a quote in the middle of a value, or text around a quoted one", Csv, Certainty.Stated);

    public static readonly TargetRule BlankLine = new("oneRoster/blankLine", "is empty, and no row of anything", Csv, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule Empty = new("oneRoster/empty", "must have a row; a file without any is absent", Binding, Certainty.Stated);

    public static readonly TargetRule Required = new("oneRoster/required", "must be given", Tables, Certainty.Stated);

    public static readonly TargetRule IdAlphabet = new("oneRoster/idAlphabet", "must be letters, digits and . - _ / @", Formats, Certainty.Stated);

    public static readonly TargetRule IdTwice = new("oneRoster/idTwice", "must be unique in its file", Tables, Certainty.Stated);

    public static readonly TargetRule Reference = new("oneRoster/reference", "refers to a row that is not there", Tables, Certainty.Stated);

    public static readonly TargetRule Word = new("oneRoster/word", "must be a word of the form's list, or of one's own with ext: before it", Tables, Certainty.Stated);

    public static readonly TargetRule Flag = new("oneRoster/flag", "must be true or false", Formats, Certainty.Stated);

    public static readonly TargetRule Date = new("oneRoster/date", "must be a day, yyyy-MM-dd", Formats, Certainty.Stated);

    public static readonly TargetRule Year = new("oneRoster/year", "must be a year of four digits", Formats, Certainty.Stated);

    public static readonly TargetRule BulkStatus = new("oneRoster/bulkStatus", "must be empty in bulk files", Tables, Certainty.Stated);

    public static readonly TargetRule DeltaStatus = new("oneRoster/deltaStatus", "must be active or tobedeleted in delta files", Tables, Certainty.Stated);

    public static readonly TargetRule Modified = new("oneRoster/modified", "must be a time in UTC, as 2026-09-01T02:00:00.000Z", Formats, Certainty.Stated);

    public static readonly TargetRule TooLong = new("oneRoster/tooLong", $"has more than {OneRosterLimits.LongestText} characters", House, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule Invisible = new("oneRoster/invisible", "has a character that nobody sees", House, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule LineBreak = new("oneRoster/lineBreak", "has a tab or a line break, which not every reader keeps in one value", House, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule Formula = new("oneRoster/formula", "begins like a formula", House, Certainty.Ours);

    public static readonly TargetRule Order = new("oneRoster/order", "must stand in the order of its ids", House, Certainty.Ours);

    public static readonly TargetRule LastLine = new("oneRoster/lastLine", "must end like the others", House, Certainty.Ours);

    public static IReadOnlyList<TargetRule> All { get; } =
    [
        ManifestMissing, ManifestVersion, ManifestFile, FileUnknown, Encoding, Mark, Feeds, Returns, Separator, Header, ColumnMissing, ColumnTwice, ColumnUnknown,
        ColumnOrder, RowLength, QuoteOpen, QuoteStray, BlankLine, Empty, Required, IdAlphabet, IdTwice, Reference, Word, Flag, Date, Year, BulkStatus, DeltaStatus,
        Modified, TooLong, Invisible, LineBreak, Formula, Order, LastLine,
    ];
}
