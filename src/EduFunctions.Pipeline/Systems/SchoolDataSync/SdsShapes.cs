using System.Buffers;
using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>The files of the format with the rules of their columns.</summary>
internal static class SdsShapes
{
    /// <summary>Of the format's list, grades before and beside those that we write.</summary>
    private static readonly string[] FurtherGrades = ["IT", "PR", "PK", "TK", "PS1", "PS2", "PS3", "PS4", "UG", "GR", "other"];

    private static readonly ValueRule Alphabet = ValueRule.Of(SdsTargetRules.IdAlphabet, SdsLimits.IdAlphabet);
    private static readonly ValueRule PersonName = ValueRule.UpTo(SdsTargetRules.NameTooLong, SdsLimits.LongestPersonName);
    private static readonly ValueRule Date = new(SdsTargetRules.Date, IsDay);
    private static readonly ValueRule Year = new(SdsTargetRules.Year, value => value.Length == 4 && value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0);
    private static readonly ValueRule Flag = ValueRule.OneOfAnyCase(SdsTargetRules.Flag, "true", "false");
    private static readonly ValueRule Email = new(SdsTargetRules.Email, SdsLimits.TakesEmail);

    /// <summary>Contacts have addresses of their own, which are no names in Entra.</summary>
    private static readonly ValueRule UserName = new(SdsTargetRules.UserName, value => SdsLimits.TakesUserName(value) || SdsLimits.TakesEmail(value));

    public static TableForm Form { get; } = new()
    {
        Encoding = SdsTargetRules.Encoding,
        Feeds = SdsTargetRules.Feeds,
        Returns = SdsTargetRules.Returns,
        Separator = SdsTargetRules.Separator,
        Header = SdsTargetRules.Header,
        ColumnMissing = SdsTargetRules.ColumnMissing,
        ColumnTwice = SdsTargetRules.ColumnTwice,
        ColumnUnknown = SdsTargetRules.ColumnUnknown,
        RowLength = SdsTargetRules.RowLength,
        QuoteOpen = SdsTargetRules.QuoteOpen,
        QuoteStray = SdsTargetRules.QuoteStray,
        LastLine = SdsTargetRules.LastLine,
        Every =
        [
            ValueRule.UpTo(SdsTargetRules.TooLong, SdsLimits.LongestText), ValueRule.Visible(SdsTargetRules.Invisible), ValueRule.NoFormula(SdsTargetRules.Formula),
            ValueRule.Without(SdsTargetRules.LineBreak, SearchValues.Create("\r\n\t"u8)),
        ],
    };

    public static IReadOnlyList<TableShape> All { get; } = [.. SdsFile.All.Select(Shape)];

    private static TableShape Shape(SdsFile file) =>
        new(file.Name, file.KeyColumns, SdsTargetRules.KeyTwice, [.. file.Columns.Concat(file.Others).Select(column => Column(file, column))])
        {
            Order = SdsTargetRules.Order,
            IsReferredTo = SdsFile.All.Any(other => other.Columns.Concat(other.Others).Any(column => column.Kind == SdsKind.Reference && column.Values[0] == file.Name)),
        };

    private static ColumnShape Column(SdsFile file, SdsColumn column) => new(column.Name, Rules(column))
    {
        Required = column.IsRequired ? SdsTargetRules.Required : null,
        MayBeAbsent = !column.IsRequired,
        RefersTo = column.Kind == SdsKind.Reference ? column.Values[0] : null,
        Reference = SdsTargetRules.Reference,
        IsList = column.Name == "sessionSourcedIds",
        Unique = file == SdsFile.Users && column.Name == "username" ? (SdsTargetRules.UserNameTwice, column.Name) : null,
    };

    private static ValueRule[] Rules(SdsColumn column) => column.Kind switch
    {
        SdsKind.Id => [Alphabet],
        SdsKind.PersonName => [PersonName],
        SdsKind.UserName => [UserName],
        SdsKind.Email => [Email],
        SdsKind.Word => [ValueRule.OneOfAnyCase(SdsTargetRules.Word, column.Name == "grade" ? [.. column.Values, .. FurtherGrades] : column.Values)],
        SdsKind.Date => [Date],
        SdsKind.Year => [Year],
        SdsKind.Flag => [Flag],
        _ => [],
    };

    private static bool IsDay(ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[10];
        return value.Length <= text.Length && Encoding.UTF8.TryGetChars(value, text, out var length)
            && DateOnly.TryParseExact(text[..length], length == text.Length ? "yyyy-MM-dd" : "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }
}
