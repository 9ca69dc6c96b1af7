using System.Globalization;
using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>The six files with the rules of their columns, in an order in which each refers to earlier ones.</summary>
internal static class AppleShapes
{
    private const string PersonId = "person_id";

    private static readonly ValueRule Alphabet = ValueRule.Of(AppleTargetRules.IdAlphabet, AppleLimits.IdAlphabet);
    private static readonly ValueRule[] PersonAlphabet =
    [
        ValueRule.Of(AppleTargetRules.IdAlphabet, AppleLimits.IdAlphabetWithDots), ValueRule.Of(AppleTargetRules.IdDot, AppleLimits.IdAlphabet),
    ];

    private static readonly ValueRule Policy = ValueRule.OneOf(AppleTargetRules.PasswordPolicy, "4", "6", "8");

    public static TableForm Form { get; } = new()
    {
        Encoding = AppleTargetRules.Encoding,
        Mark = AppleTargetRules.Mark,
        ReturnFeeds = AppleTargetRules.ReturnFeeds,
        Returns = AppleTargetRules.Returns,
        Separators = ",;",
        Separator = AppleTargetRules.Separator,
        Header = AppleTargetRules.Header,
        ColumnMissing = AppleTargetRules.ColumnMissing,
        ColumnTwice = AppleTargetRules.ColumnTwice,
        ColumnUnknown = AppleTargetRules.ColumnUnknown,
        RowLength = AppleTargetRules.RowLength,
        QuoteOpen = AppleTargetRules.QuoteOpen,
        QuoteStray = AppleTargetRules.QuoteStray,
        BlankLine = AppleTargetRules.BlankLine,
        LastLine = AppleTargetRules.LastLine,
        Escape = (byte)'\\',
        Quoting = AppleQuoting.Broken,
        Every =
        [
            ValueRule.UpTo(AppleTargetRules.TooLong, AppleLimits.LongestValue), ValueRule.Visible(AppleTargetRules.Invisible),
            ValueRule.NoFormula(AppleTargetRules.Formula), ValueRule.Without(AppleTargetRules.PlainText, AppleLimits.Forbidden),
        ],
    };

    /// <param name="required">Columns of persons that may not be empty, beside their names.</param>
    public static IReadOnlyList<TableShape> Of(IReadOnlyCollection<string> required)
    {
        var persons = required.Append(AppleFile.FirstName).Append(AppleFile.LastName).Append(AppleFile.Location).ToHashSet();
        return
        [
            Shape(AppleFile.Locations, [AppleFile.Location, "location_name"], isReferredTo: true) with { Filled = AppleTargetRules.NoLocation },
            Persons(AppleFile.Students, persons, AppleFile.Staff),
            Persons(AppleFile.Staff, persons, AppleFile.Students),
            Shape(AppleFile.Courses, ["course_id", AppleFile.Location], isReferredTo: true),
            Shape(AppleFile.Classes, ["class_id", "course_id", AppleFile.Location], isReferredTo: true) with { Further = name => FurtherOf(name, AppleFile.Instructor, AppleLimits.MostInstructors) },
            Shape(AppleFile.Rosters, ["roster_id", "class_id", "student_id"], isReferredTo: false),
        ];
    }

    private static TableShape Persons(AppleFile file, HashSet<string> required, AppleFile other)
    {
        var shape = Shape(file, [PersonId, .. required], isReferredTo: true);
        return shape with
        {
            Columns = [.. shape.Columns.Select(column => column.Name == PersonId ? column with { NotIn = (AppleTargetRules.PersonInBoth, other.Name) } : column)],
            Further = name => FurtherOf(name, AppleFile.Location, AppleLimits.MostLocations),
        };
    }

    private static TableShape Shape(AppleFile file, IReadOnlyCollection<string> required, bool isReferredTo) =>
        new(file.Name, 1, AppleTargetRules.IdTwice, [.. file.Columns.Select(column => Column(file, column) with { Required = required.Contains(column) ? AppleTargetRules.Required : null })])
        {
            Order = AppleTargetRules.Order,
            IsReferredTo = isReferredTo,
        };

    private static ColumnShape Column(AppleFile file, string name) =>
        name == PersonId ? new ColumnShape(name, PersonAlphabet)
        : name == file.Columns[0] ? new ColumnShape(name, Alphabet)
        : TargetOf(name) is { } target ? new ColumnShape(name) { RefersTo = target.Name, Reference = AppleTargetRules.Reference }
        : name == AppleFile.Email ? new ColumnShape(name) { Unique = (AppleTargetRules.EmailTwice, AppleFile.Email) }
        : name == "password_policy" ? new ColumnShape(name, Policy)
        : new ColumnShape(name);

    private static AppleFile? TargetOf(string column) =>
        column.StartsWith(AppleFile.Instructor, StringComparison.Ordinal) ? AppleFile.Staff
        : column.StartsWith(AppleFile.Location, StringComparison.Ordinal) ? AppleFile.Locations
        : column switch { "course_id" => AppleFile.Courses, "class_id" => AppleFile.Classes, "student_id" => AppleFile.Students, _ => null };

    /// <summary>The numbered columns of a family, from the second.</summary>
    private static ColumnShape? FurtherOf(string name, string family, int most) =>
        name.StartsWith($"{family}_", StringComparison.Ordinal)
        && int.TryParse(name[(family.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 2 && number <= most
            ? new ColumnShape(name) { RefersTo = TargetOf(name)!.Name, Reference = AppleTargetRules.Reference }
            : null;
}
