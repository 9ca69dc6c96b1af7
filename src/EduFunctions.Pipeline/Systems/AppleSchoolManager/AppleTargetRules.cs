using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>What Apple asks of the six files, and where it says so.</summary>
internal static class AppleTargetRules
{
    private const string Guide = "Apple School Manager User Guide, Upload student, staff, and class data using SFTP";
    private const string Setup = $"{Guide}: Initial SFTP setup";
    private const string Formatting = $"{Guide}: Formatting values";
    private const string Exporters = "Public exporters whose files Apple takes";
    private const string House = "EduFunctions, docs/feeds/apple-school-manager.md";

    public static readonly TargetRule FileMissing = new("apple/fileMissing", "must be in the zip: all six files, every time", Setup, Certainty.Stated);

    public static readonly TargetRule FileUnknown = new("apple/fileUnknown", "is none of the six files", Setup, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule Folder = new("apple/folder", "must stand at the top of the zip, in no folder", Setup, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule Encoding = new("apple/encoding", "must be UTF-8", Formatting, Certainty.Stated);

    public static readonly TargetRule Mark = new(
        "apple/mark", "had better have no byte order mark: it would be read as the beginning of the first column's name", Exporters, Certainty.Inferred)
    { IsWarning = true };

    public static readonly TargetRule ReturnFeeds = new(
        "apple/returnFeeds", "must be a line feed alone; files with both have been taken", Formatting, Certainty.Stated)
    { IsWarning = true };

    public static readonly TargetRule Returns = new("apple/returns", "must be a line feed", Formatting, Certainty.Stated);

    public static readonly TargetRule Separator = new("apple/separator", "must have commas or semicolons between its values", Formatting, Certainty.Stated);

    public static readonly TargetRule Header = new("apple/header", "must stand on the first line, as in the template", Formatting, Certainty.Stated);

    public static readonly TargetRule ColumnMissing = new("apple/columnMissing", "is a column of the template and is not there", Formatting, Certainty.Stated);

    public static readonly TargetRule ColumnTwice = new("apple/columnTwice", "stands in the header twice", Formatting, Certainty.Inferred);

    public static readonly TargetRule ColumnUnknown = new(
        "apple/columnUnknown", "is no column of the template; a file with one more has been taken", Formatting, Certainty.Stated)
    { IsWarning = true };

    public static readonly TargetRule RowLength = new("apple/rowLength", "must have as many values as the header", Formatting, Certainty.Inferred);

    public static readonly TargetRule QuoteOpen = new("apple/quoteOpen", "has a quote that never closes, so that the rest of the file is one value", Formatting, Certainty.Inferred);

    public static readonly TargetRule QuoteStray = new("apple/quoteStray", "has a quote in the middle of a value, or text around a quoted one", Formatting, Certainty.Stated);

    public static readonly TargetRule QuoteMissing = new("apple/quoteMissing", "must stand in straight quotes, having a space, comma or semicolon in it", Formatting, Certainty.Stated);

    public static readonly TargetRule QuoteNeedless = new(
        "apple/quoteNeedless", "needs no quotes; files with quotes everywhere have been taken", Formatting, Certainty.Stated)
    { IsWarning = true };

    public static readonly TargetRule QuoteTypographic = new("apple/quoteTypographic", "begins with a typographic quote: quotes must be straight", Formatting, Certainty.Stated);

    public static readonly TargetRule QuoteDoubled = new("apple/quoteDoubled", "has a doubled quote: within a value Apple wants \\\" instead", Formatting, Certainty.Stated);

    public static readonly TargetRule LineBreak = new("apple/lineBreak", "has a line break, which Apple wants with a backslash before it", Formatting, Certainty.Stated);

    public static readonly TargetRule BlankBefore = new("apple/blankBefore", "has a blank between the separator and itself", Formatting, Certainty.Stated);

    public static readonly TargetRule BlankLine = new("apple/blankLine", "is empty: every row is a value", Formatting, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule Required = new("apple/required", "is required", $"{Guide}: tables of the files", Certainty.Stated);

    public static readonly TargetRule IdAlphabet = new("apple/idAlphabet", "must be letters, digits and hyphens", Formatting, Certainty.Stated);

    public static readonly TargetRule IdDot = new("apple/idDot", "has a dot, which ids of people have been taken with all the same", Formatting, Certainty.Stated)
    { IsWarning = true };

    public static readonly TargetRule IdTwice = new("apple/idTwice", "must be unique", $"{Guide}: tables of the files", Certainty.Stated);

    public static readonly TargetRule PersonInBoth = new(
        "apple/personInBoth", "is in students.csv and staff.csv; a person_id is there once in both together", "Apple School Manager User Guide, SIS and SFTP", Certainty.Stated);

    public static readonly TargetRule Reference = new("apple/reference", "does not reference any row", $"{Guide}: tables of the files", Certainty.Stated);

    public static readonly TargetRule EmailTwice = new("apple/emailTwice", "must be unique, whatever its case", "Apple School Manager User Guide, federated authentication", Certainty.Stated);

    public static readonly TargetRule PasswordPolicy = new("apple/passwordPolicy", "must be 4, 6, 8 or empty", $"{Guide}: Students file", Certainty.Stated);

    public static readonly TargetRule NoLocation = new("apple/noLocation", "must have at least one location", $"{Guide}: Locations file", Certainty.Stated);

    public static readonly TargetRule TooLong = new("apple/tooLong", $"has more than {AppleLimits.LongestValue} characters", House, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule Invisible = new("apple/invisible", "has a character that nobody sees", House, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule Formula = new("apple/formula", "begins like a formula", House, Certainty.Ours);

    public static readonly TargetRule PlainText = new("apple/plainText", "has a quote, backslash, tab or line break, of which Apple says too little", House, Certainty.Ours);

    public static readonly TargetRule Order = new("apple/order", "must stand in the order of its ids", House, Certainty.Ours);

    public static readonly TargetRule LastLine = new("apple/lastLine", "must end with a line feed, too", House, Certainty.Ours);

    public static IReadOnlyList<TargetRule> All { get; } =
    [
        FileMissing, FileUnknown, Folder, Encoding, Mark, ReturnFeeds, Returns, Separator, Header, ColumnMissing, ColumnTwice, ColumnUnknown, RowLength, QuoteOpen,
        QuoteStray, QuoteMissing, QuoteNeedless, QuoteTypographic, QuoteDoubled, LineBreak, BlankBefore, BlankLine, Required, IdAlphabet, IdDot, IdTwice, PersonInBoth,
        Reference, EmailTwice, PasswordPolicy, NoLocation, TooLong, Invisible, Formula, PlainText, Order, LastLine,
    ];
}
