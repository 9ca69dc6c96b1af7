using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>What Learn asks of its snapshot flat files, and where it is said.</summary>
internal static class LearnTargetRules
{
    private const string Guide = "Blackboard SIS Framework, Snapshot Flat File";
    private const string Headers = $"{Guide}: header descriptions of the object";
    private const string Format = $"{Guide}: file format";
    private const string Characters = $"{Guide}: permitted characters";
    private const string OpenQuotes = "Blackboard KB 000078606";
    private const string Clients = "Public clients and their feeds";
    private const string House = "EduFunctions, docs/feeds/blackboard.md";

    public static readonly TargetRule FileUnknown = new("blackboard/fileUnknown", "is of no object of the framework, neither by its name nor by its header", Guide, Certainty.Stated);

    public static readonly TargetRule Encoding = new("blackboard/encoding", "must be UTF-8", Format, Certainty.Stated);

    public static readonly TargetRule Returns = new("blackboard/returns", "must be a line feed, perhaps after a carriage return", Clients, Certainty.Seen);

    public static readonly TargetRule Header = new("blackboard/header", "must stand on the first line", Format, Certainty.Stated);

    public static readonly TargetRule ColumnMissing = new("blackboard/columnMissing", "is a required column of the object and is not there", Headers, Certainty.Stated);

    public static readonly TargetRule ColumnTwice = new("blackboard/columnTwice", "stands in the header twice", Format, Certainty.Inferred);

    public static readonly TargetRule ColumnUnknown = new(
        "blackboard/columnUnknown", "is no column of the object; what Learn makes of it is not said", Headers, Certainty.Inferred)
    { IsWarning = true };

    public static readonly TargetRule RowLength = new("blackboard/rowLength", "has not as many values as the header", Format, Certainty.Inferred);

    public static readonly TargetRule QuoteOpen = new("blackboard/quoteOpen", "has a quote that never closes and swallows the lines below", OpenQuotes, Certainty.Stated);

    public static readonly TargetRule QuoteStray = new("blackboard/quoteStray", "has a quote in the middle of a value; no way to escape one is documented", OpenQuotes, Certainty.Inferred);

    public static readonly TargetRule LastLine = new("blackboard/lastLine", "must end with a line feed, too", House, Certainty.Ours);

    public static readonly TargetRule Required = new("blackboard/required", "is required", Headers, Certainty.Stated);

    public static readonly TargetRule TooLong = new("blackboard/tooLong", "has more characters than Learn takes", Headers, Certainty.Stated);

    public static readonly TargetRule Asterisk = new("blackboard/asterisk", "must have no asterisk", Characters, Certainty.Stated);

    public static readonly TargetRule LineBreak = new("blackboard/lineBreak", "has a tab or a line break, which Learn would take for the end of something", Format, Certainty.Inferred);

    public static readonly TargetRule KeyCharacters = new("blackboard/keyCharacters", "is a key with a character that Learn does not take in keys", Characters, Certainty.Stated);

    public static readonly TargetRule CourseIdCharacters = new("blackboard/courseIdCharacters", "must have no space and none of & / ' +", Headers, Certainty.Stated);

    public static readonly TargetRule TermKeyCharacters = new("blackboard/termKeyCharacters", "must be letters, digits, hyphens and dots", Headers, Certainty.Stated);

    public static readonly TargetRule Flag = new("blackboard/flag", "must be Y or N", Headers, Certainty.Stated);

    public static readonly TargetRule RowStatus = new("blackboard/rowStatus", "must be enabled, disabled or deleted", Headers, Certainty.Stated);

    public static readonly TargetRule Date = new("blackboard/date", "must be a day, yyyymmdd", Headers, Certainty.Stated);

    public static readonly TargetRule Word = new("blackboard/word", "must be a word of Learn's list", Headers, Certainty.Stated);

    public static readonly TargetRule Number = new("blackboard/number", "must be a number", Headers, Certainty.Stated);

    public static readonly TargetRule KeyTwice = new("blackboard/keyTwice", "must be unique: of two rows with one key the second counts", Headers, Certainty.Stated);

    public static readonly TargetRule NameTwice = new("blackboard/nameTwice", "must be unique, whatever its case", Headers, Certainty.Stated);

    public static readonly TargetRule Reference = new("blackboard/reference", "does not reference any enabled row", OpenQuotes, Certainty.Stated);

    public static readonly TargetRule Invisible = new("blackboard/invisible", "has a character that nobody sees", House, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule Formula = new("blackboard/formula", "begins like a formula", House, Certainty.Ours);

    public static readonly TargetRule Given = new("blackboard/given", "is required of what we write", House, Certainty.Ours);

    public static readonly TargetRule PlainText = new("blackboard/plainText", "must have no quote", House, Certainty.Ours);

    public static readonly TargetRule Order = new("blackboard/order", "must stand in the order of its keys", House, Certainty.Ours);

    public static IReadOnlyList<TargetRule> All { get; } =
    [
        FileUnknown, Encoding, Returns, Header, ColumnMissing, ColumnTwice, ColumnUnknown, RowLength, QuoteOpen, QuoteStray, LastLine, Required, TooLong,
        Asterisk, LineBreak, KeyCharacters, CourseIdCharacters, TermKeyCharacters, Flag, RowStatus, Date, Word, Number, KeyTwice, NameTwice, Reference, Invisible,
        Formula, Given, PlainText, Order,
    ];
}
