using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>What only files can have wrong.</summary>
internal static class OneRosterSourceFindings
{
    public const string RowsBlank = "rows.blank";

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(RowsBlank, "A file has rows in which nothing stands, and they were passed over",
            "A file has rows in which nothing stands, as below the table of a spreadsheet; they were passed over. Have the sender leave them out."),
    ];
}
