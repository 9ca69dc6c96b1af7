using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>What Unikum asks of its object and relation files, and where it says so.</summary>
internal static class UnikumTargetRules
{
    private const string Relations = "Unikum support, article 80000377940 (relation file)";
    private const string Objects = "Unikum support, article 80000377939 (object formats)";
    private const string Autosync = "Unikum support, articles 80000377954 and 80000377963 (autosync)";
    private const string Manual = "Unikum support, article 80000377941 (manual imports)";
    private const string House = "EduFunctions, docs/feeds/unikum.md";

    public static readonly TargetRule Names = new("unikumRelations/names", "must hold the principals and the relations, both named as it is", Autosync, Certainty.Stated);

    public static readonly TargetRule FileUnknown = new("unikumRelations/fileUnknown", "is neither a file of principals nor one of relations", Autosync, Certainty.Stated);

    public static readonly TargetRule Encoding = new("unikumRelations/encoding", "must be UTF-8 or ISO-8859-1", Manual, Certainty.Stated);

    public static readonly TargetRule Latin = new(
        "unikumRelations/latin", "is no UTF-8: the import has to be told that it is ISO-8859-1", Manual, Certainty.Stated)
    { IsWarning = true };

    public static readonly TargetRule Mark = new("unikumRelations/mark", "had better have no byte order mark: it would belong to the first id", Manual, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule Returns = new("unikumRelations/returns", "must be a line feed, perhaps after a carriage return", Manual, Certainty.Inferred);

    public static readonly TargetRule LineEnd = new("unikumRelations/lineEnd", "has no line end, or another one", House, Certainty.Ours);

    public static readonly TargetRule Columns = new("unikumRelations/columns", "has another number of columns than its kind", Objects, Certainty.Stated);

    public static readonly TargetRule Required = new("unikumRelations/required", "is required", Objects, Certainty.Stated);

    public static readonly TargetRule Id = new("unikumRelations/id", "is no id of this kind", Relations, Certainty.Inferred);

    public static readonly TargetRule CivicNumber = new(
        "unikumRelations/civicNumber", "looks like a civic number, and its date or its check digit is wrong", Relations, Certainty.Stated);

    public static readonly TargetRule IdTwice = new("unikumRelations/idTwice", "must be unique", Relations, Certainty.Stated);

    public static readonly TargetRule SchoolForm = new("unikumRelations/schoolForm", "is no school form", Objects, Certainty.Stated);

    public static readonly TargetRule Flag = new("unikumRelations/flag", "must be true, false or empty", Objects, Certainty.Stated);

    public static readonly TargetRule TooLong = new(
        "unikumRelations/tooLong", $"has more than {UnikumLimits.LongestValue} characters", House, Certainty.Inferred)
    { IsWarning = true };

    public static readonly TargetRule Invisible = new("unikumRelations/invisible", "has a character that nobody sees", House, Certainty.Inferred) { IsWarning = true };

    public static readonly TargetRule Formula = new("unikumRelations/formula", "begins like a formula", House, Certainty.Ours);

    public static readonly TargetRule RelationColumns = new("unikumRelations/relationColumns", "has another number of columns than the layout", Relations, Certainty.Inferred);

    public static readonly TargetRule RelationType = new("unikumRelations/relationType", "is unknown", Relations, Certainty.Stated);

    public static readonly TargetRule Operation = new("unikumRelations/operation", "is unknown: neither add nor remove", Relations, Certainty.Stated);

    public static readonly TargetRule RelationId = new("unikumRelations/relationId", "is no id: letters, digits, hyphens, dots and underscores", Relations, Certainty.Stated);

    public static readonly TargetRule Reference = new(
        "unikumRelations/reference", "does not refer to any object of the principals; what was imported before may be named all the same", Relations, Certainty.Stated)
    { IsWarning = true };

    public static readonly TargetRule Undone = new("unikumRelations/undone", "must not take away, or repeat, what the file has added", Relations, Certainty.Inferred);

    public static readonly TargetRule AddsFirst = new(
        "unikumRelations/addsFirst", "adds to somebody of whom a line above has taken something away: add first, or a child is without a group in between", Relations, Certainty.Stated);

    public static readonly TargetRule Order = new(
        "unikumRelations/order", "must stand in order: what is added by type, then what is removed by type from the last to the first, each by ids", House, Certainty.Ours);

    public static IReadOnlyList<TargetRule> All { get; } =
    [
        Names, FileUnknown, Encoding, Latin, Mark, Returns, LineEnd, Columns, Required, Id, CivicNumber, IdTwice, SchoolForm, Flag, TooLong, Invisible, Formula,
        RelationColumns, RelationType, Operation, RelationId, Reference, Undone, AddsFirst, Order,
    ];
}
