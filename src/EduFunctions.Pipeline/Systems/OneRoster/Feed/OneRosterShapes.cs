using System.Buffers;
using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>The files of the form with the rules of their columns: in bulk they hold everything, in delta what has changed.</summary>
internal static class OneRosterShapes
{
    private static readonly SearchValues<byte> Breaks = SearchValues.Create("\r\n\t"u8);
    private static readonly ValueRule Alphabet = new(OneRosterTargetRules.IdAlphabet, id => id.IndexOfAnyExcept(OneRosterLimits.IdAlphabet) < 0)
    {
        Offence = id => id.AsSpan().IndexOfAnyExcept(OneRosterLimits.IdAlphabet),
    };

    private static readonly ValueRule[] Text =
    [
        ValueRule.UpTo(OneRosterTargetRules.TooLong, OneRosterLimits.LongestText), ValueRule.Visible(OneRosterTargetRules.Invisible),
        ValueRule.NoFormula(OneRosterTargetRules.Formula), ValueRule.Without(OneRosterTargetRules.LineBreak, Breaks),
    ];

    private static readonly ValueRule Flag = ValueRule.OneOf(OneRosterTargetRules.Flag, "true", "false");
    private static readonly ValueRule Date = new(OneRosterTargetRules.Date, IsDay);
    private static readonly ValueRule Year = new(OneRosterTargetRules.Year, value => value.Length == 4 && value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0);
    private static readonly ValueRule Nothing = new(OneRosterTargetRules.BulkStatus, _ => false);
    private static readonly ValueRule Status = ValueRule.OneOf(OneRosterTargetRules.DeltaStatus, "active", "tobedeleted");
    private static readonly ValueRule Modified = new(OneRosterTargetRules.Modified, IsUtc);

    public static TableForm Form { get; } = new()
    {
        Encoding = OneRosterTargetRules.Encoding,
        Mark = OneRosterTargetRules.Mark,
        Feeds = OneRosterTargetRules.Feeds,
        Returns = OneRosterTargetRules.Returns,
        Separator = OneRosterTargetRules.Separator,
        Header = OneRosterTargetRules.Header,
        ColumnMissing = OneRosterTargetRules.ColumnMissing,
        ColumnTwice = OneRosterTargetRules.ColumnTwice,
        ColumnUnknown = OneRosterTargetRules.ColumnUnknown,
        ColumnOrder = OneRosterTargetRules.ColumnOrder,
        RowLength = OneRosterTargetRules.RowLength,
        QuoteOpen = OneRosterTargetRules.QuoteOpen,
        QuoteStray = OneRosterTargetRules.QuoteStray,
        BlankLine = OneRosterTargetRules.BlankLine,
        LastLine = OneRosterTargetRules.LastLine,
    };

    public static TableShape Manifest { get; } = new(
        $"{CsvManifest.Name}.csv", 1, OneRosterTargetRules.IdTwice, new ColumnShape("propertyName") { Required = OneRosterTargetRules.Required }, new ColumnShape("value"));

    public static IReadOnlyList<TableShape> Of(bool isDelta) => [.. CsvForm.Files.Select(file => Shape(file, isDelta))];

    private static TableShape Shape(CsvFile file, bool isDelta) =>
        new(file.FileName, 1, OneRosterTargetRules.IdTwice, [.. file.Columns.Select(column => Column(column, isDelta))])
        {
            Order = OneRosterTargetRules.Order,
            IsReferredTo = CsvForm.Files.Any(other => other.Columns.Any(column => IsReference(column) && column.Values[0] == file.Name)),
            Filled = OneRosterTargetRules.Empty,
            Further = name => name.StartsWith(CsvForm.Extension, StringComparison.Ordinal) ? new ColumnShape($"{CsvForm.Extension}*") : null,
        };

    private static ColumnShape Column(CsvColumn column, bool isDelta)
    {
        var isOfChange = column.Kind == ValueKind.Empty || column.Name == "dateLastModified";
        return new ColumnShape(column.Name, isOfChange ? Change(column, isDelta) : Rules(column))
        {
            Required = column.IsRequired || (isOfChange && isDelta) ? OneRosterTargetRules.Required : null,

            // Files that say what has changed refer to what is there already.
            RefersTo = IsReference(column) && !isDelta ? $"{column.Values[0]}.csv" : null,
            Reference = OneRosterTargetRules.Reference,
            IsList = column.Kind == ValueKind.References,
        };
    }

    private static bool IsReference(CsvColumn column) => column.Kind is ValueKind.Reference or ValueKind.References;

    /// <summary>When and how a row has changed is told where files say what has changed, and nowhere else.</summary>
    private static ValueRule[] Change(CsvColumn column, bool isDelta) => [!isDelta ? Nothing : column.Kind == ValueKind.Empty ? Status : Modified];

    private static ValueRule[] Rules(CsvColumn column) => column.Kind switch
    {
        ValueKind.Id or ValueKind.Reference => [Alphabet, .. Text],
        ValueKind.References => [Alphabet with { Takes = AreIds, Offence = _ => -1 }],
        ValueKind.Date => [Date],
        ValueKind.Year => [Year],
        ValueKind.Flag => [Flag],
        ValueKind.Word or ValueKind.DecidingWord => [new ValueRule(OneRosterTargetRules.Word, value => column.IsWord(Encoding.UTF8.GetString(value))), .. Text],
        _ => Text,
    };

    private static bool AreIds(ReadOnlySpan<byte> list)
    {
        foreach (var part in list.Split((byte)','))
        {
            if (list[part].Trim((byte)' ').IndexOfAnyExcept(OneRosterLimits.IdAlphabet) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsDay(ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[10];
        return value.Length == text.Length && Encoding.UTF8.TryGetChars(value, text, out var length)
            && DateOnly.TryParseExact(text[..length], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    private static bool IsUtc(ReadOnlySpan<byte> value) =>
        value[^1] == 'Z' && DateTimeOffset.TryParse(Encoding.UTF8.GetString(value), CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
