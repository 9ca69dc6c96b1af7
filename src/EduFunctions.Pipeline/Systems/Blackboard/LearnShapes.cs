using System.Buffers;
using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>The objects' files with the rules of their columns.</summary>
internal static class LearnShapes
{
    private static readonly SearchValues<byte> Asterisk = SearchValues.Create("*"u8);
    private static readonly SearchValues<byte> Breaks = SearchValues.Create("\r\n\t"u8);
    private static readonly SearchValues<byte> Quote = SearchValues.Create("\""u8);

    private static readonly string[] Given =
        ["institution_role", "system_role", "role", "available_ind", LearnObject.RowStatus, LearnObject.Password, LearnObject.DataSourceKey];

    private static readonly ValueRule Flag = ValueRule.OneOfAnyCase(LearnTargetRules.Flag, "Y", "N");
    private static readonly ValueRule Status = ValueRule.OneOfAnyCase(LearnTargetRules.RowStatus, "enabled", "disabled", "deleted");
    private static readonly ValueRule Date = new(LearnTargetRules.Date, IsDay);
    private static readonly ValueRule Number = new(LearnTargetRules.Number, value => value.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0);
    private static readonly ValueRule CourseId = ValueRule.Without(LearnTargetRules.CourseIdCharacters, LearnLimits.ForbiddenInCourseIds);
    private static readonly ValueRule TermKey = ValueRule.Of(LearnTargetRules.TermKeyCharacters, LearnLimits.InTermKeys);
    private static readonly ValueRule Key = ValueRule.Without(LearnTargetRules.KeyCharacters, LearnLimits.ForbiddenInKeys);

    public static TableForm Form { get; } = new()
    {
        Encoding = LearnTargetRules.Encoding,
        Returns = LearnTargetRules.Returns,
        Separators = TableForm.AnySeparator,
        Header = LearnTargetRules.Header,
        ColumnMissing = LearnTargetRules.ColumnMissing,
        ColumnTwice = LearnTargetRules.ColumnTwice,
        ColumnUnknown = LearnTargetRules.ColumnUnknown,
        IgnoresCaseOfColumns = true,
        RowLength = LearnTargetRules.RowLength,
        QuoteOpen = LearnTargetRules.QuoteOpen,
        QuoteStray = LearnTargetRules.QuoteStray,
        LastLine = LearnTargetRules.LastLine,
        Quoting = (_, isQuoted) => isQuoted ? LearnTargetRules.PlainText : null,
        Every =
        [
            ValueRule.Without(LearnTargetRules.Asterisk, Asterisk), ValueRule.Without(LearnTargetRules.LineBreak, Breaks), ValueRule.Visible(LearnTargetRules.Invisible),
            ValueRule.NoFormula(LearnTargetRules.Formula), ValueRule.Without(LearnTargetRules.PlainText, Quote),
        ],
    };

    /// <summary>In the order in which Learn needs them.</summary>
    public static IReadOnlyList<TableShape> All { get; } = [.. LearnTables.All.Select(table => Shape(table.Name, table.Columns))];

    /// <summary>The same object by its keys alone, as it is deleted.</summary>
    public static TableShape OfKeys(TableShape shape) => Apart(shape) with
    {
        Columns =
        [
            .. shape.Columns.Select((column, place) => place < shape.KeyColumns
                ? column with { RefersTo = null }
                : column with { MayBeAbsent = true, Required = null, Unique = null }),
        ],
    };

    /// <summary>The same object in a file beside its own.</summary>
    public static TableShape Apart(TableShape shape) => shape with { Columns = [.. shape.Columns.Select(column => column with { Unique = null })] };

    /// <summary>The same object in a file that stands in another order, of keys that are to come or have been.</summary>
    public static TableShape Moved(TableShape shape) => Apart(shape) with { Order = null };

    /// <summary>The same object with all columns filled that we write, but for addresses of mail.</summary>
    public static TableShape Filled(TableShape shape) =>
        shape with { Columns = [.. shape.Columns.Select(column => Given.Contains(column.Name) ? column with { Required = column.Required ?? LearnTargetRules.Given } : column)] };

    private static TableShape Shape(string name, string columns)
    {
        var keys = LearnTables.KeysOf(name);
        var shapes = columns.Split('|').Select((column, place) => Column(name, column, place < keys)).ToList();
        return new TableShape(name, keys, LearnTargetRules.KeyTwice, shapes)
        {
            Order = LearnTargetRules.Order,
            IsReferredTo = LearnTables.All.Any(other => other.Columns.Split('|', ' ').Contains($">{name}")),
            Counts = shapes.Any(column => column.Name == LearnObject.RowStatus) ? (LearnObject.RowStatus, IsEnabled) : null,
        };
    }

    private static ColumnShape Column(string shape, string text, bool isKey)
    {
        var name = text[..text.IndexOf(' ', StringComparison.Ordinal)];
        var rest = text[(name.Length + 1)..];
        var isRequired = rest.StartsWith('!');
        var parts = rest.TrimStart('!').Split(' ');
        return new ColumnShape(name, [.. int.TryParse(parts[0], out var most) ? Sized(parts, most, isKey) : [Ruled(rest)]])
        {
            Required = isRequired ? LearnTargetRules.Required : null,
            MayBeAbsent = !isRequired,
            RefersTo = parts[^1].StartsWith('>') ? parts[^1][1..] : null,
            Reference = LearnTargetRules.Reference,
            Unique = name is LearnObject.UserId or "inst_email" or LearnObject.CourseId or "organization_id" ? (LearnTargetRules.NameTwice, $"{shape} {name}") : null,
        };
    }

    private static IEnumerable<ValueRule> Sized(string[] parts, int most, bool isKey) =>
    [
        ValueRule.UpTo(LearnTargetRules.TooLong, most),
        .. parts[^1] == "course" ? [CourseId] : parts[^1] == "term" ? [TermKey] : isKey ? new[] { Key } : [],
    ];

    private static ValueRule Ruled(string rule) => rule switch
    {
        "flag" => Flag,
        "status" => Status,
        "date" => Date,
        "number" => Number,
        _ => ValueRule.OneOfAnyCase(LearnTargetRules.Word, rule.Split(',')),
    };

    private static bool IsEnabled(ReadOnlySpan<byte> status) => status.IsEmpty || Ascii.EqualsIgnoreCase(status, "enabled"u8);

    private static bool IsDay(ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[8];
        return value.Length == text.Length && Encoding.UTF8.TryGetChars(value, text, out var length)
            && DateOnly.TryParseExact(text[..length], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }
}
