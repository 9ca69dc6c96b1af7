using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>What School Data Sync asks of its files, and where it says so.</summary>
internal static class SdsTargetRules
{
    private const string Format = "Microsoft Learn, SDS v2.1 CSV file format";
    private const string Values = "Microsoft Learn, SDS default list of values";
    private const string Validation = "Microsoft Learn, SDS data validation rules";
    private const string Entra = "Microsoft Learn, Entra user properties and user principal names";
    private const string House = "EduFunctions, docs/feeds/school-data-sync.md";

    public static readonly TargetRule FileMissing = new("schoolDataSync/fileMissing", "must be there, every time", Format, Certainty.Stated);

    public static readonly TargetRule FileUnknown = new("schoolDataSync/fileUnknown", "is no file of the format", Format, Certainty.Stated);

    public static readonly TargetRule Encoding = new("schoolDataSync/encoding", "must be UTF-8", Format, Certainty.Stated);

    public static readonly TargetRule Feeds = new(
        "schoolDataSync/feeds", "should be a carriage return and a line feed", "RFC 4180, section 2, to which Microsoft refers", Certainty.Stated)
    { IsWarning = true };

    public static readonly TargetRule Returns = new("schoolDataSync/returns", "must be a carriage return and a line feed", "RFC 4180, section 2, to which Microsoft refers", Certainty.Stated);

    public static readonly TargetRule Separator = new("schoolDataSync/separator", "must have commas between its values", Format, Certainty.Stated);

    public static readonly TargetRule Header = new("schoolDataSync/header", "must stand on the first line", Format, Certainty.Stated);

    public static readonly TargetRule ColumnMissing = new("schoolDataSync/columnMissing", "is a required column and is not there", Format, Certainty.Stated);

    public static readonly TargetRule ColumnTwice = new("schoolDataSync/columnTwice", "stands in the header twice", Format, Certainty.Inferred);

    public static readonly TargetRule ColumnUnknown = new("schoolDataSync/columnUnknown", "is no column of the format; capitals count", Format, Certainty.Stated) { IsWarning = true };

    public static readonly TargetRule RowLength = new("schoolDataSync/rowLength", "must have as many values as the header", Format, Certainty.Stated);

    public static readonly TargetRule QuoteOpen = new("schoolDataSync/quoteOpen", "has a quote that never closes, so that the rest of the file is one value", Format, Certainty.Stated);

    public static readonly TargetRule QuoteStray = new("schoolDataSync/quoteStray", "has a quote in the middle of a value, or text around a quoted one", Format, Certainty.Stated);

    public static readonly TargetRule LineBreak = new("schoolDataSync/lineBreak", "must have no line break and no tab", Format, Certainty.Stated);

    public static readonly TargetRule Required = new("schoolDataSync/required", "is required", Format, Certainty.Stated);

    public static readonly TargetRule KeyTwice = new("schoolDataSync/keyTwice", "must be unique in its file", Format, Certainty.Stated);

    public static readonly TargetRule Reference = new("schoolDataSync/reference", "refers to a row that is not there", Format, Certainty.Stated);

    public static readonly TargetRule UserName = new("schoolDataSync/userName", "must be a user principal name with its domain, or an e-mail address", Entra, Certainty.Stated);

    public static readonly TargetRule UserNameTwice = new("schoolDataSync/userNameTwice", "must be unique, whatever its case", Entra, Certainty.Stated);

    public static readonly TargetRule Email = new("schoolDataSync/email", "must be an e-mail address", Validation, Certainty.Stated);

    public static readonly TargetRule NameTooLong = new("schoolDataSync/nameTooLong", $"has more than {SdsLimits.LongestPersonName} characters", Entra, Certainty.Stated);

    public static readonly TargetRule Word = new("schoolDataSync/word", "must be a value of Microsoft's list", Values, Certainty.Stated);

    public static readonly TargetRule Date = new("schoolDataSync/date", "must be a day, YYYY-MM-DD or YYYYMMDD", Validation, Certainty.Stated);

    public static readonly TargetRule Year = new("schoolDataSync/year", "must be a year of four digits", Format, Certainty.Stated);

    public static readonly TargetRule Flag = new("schoolDataSync/flag", "must be true or false", Format, Certainty.Stated);

    public static readonly TargetRule TooLong = new(
        "schoolDataSync/tooLong", $"has more than {SdsLimits.LongestText} characters", "Microsoft Learn, Entra groups", Certainty.Inferred)
    { IsWarning = true };

    public static readonly TargetRule Invisible = new("schoolDataSync/invisible", "has a character that nobody sees", House, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule Formula = new("schoolDataSync/formula", "begins like a formula", House, Certainty.Ours);

    public static readonly TargetRule IdAlphabet = new("schoolDataSync/idAlphabet", "must be letters, digits, hyphens and underscores", House, Certainty.Ours);

    public static readonly TargetRule Order = new("schoolDataSync/order", "must stand in the order of its keys", House, Certainty.Ours);

    public static readonly TargetRule LastLine = new("schoolDataSync/lastLine", "must end like the others", House, Certainty.Ours);

    public static IReadOnlyList<TargetRule> All { get; } =
    [
        FileMissing, FileUnknown, Encoding, Feeds, Returns, Separator, Header, ColumnMissing, ColumnTwice, ColumnUnknown, RowLength, QuoteOpen, QuoteStray, LineBreak,
        Required, KeyTwice, Reference, UserName, UserNameTwice, Email, NameTooLong, Word, Date, Year, Flag, TooLong, Invisible, Formula, IdAlphabet, Order, LastLine,
    ];
}
