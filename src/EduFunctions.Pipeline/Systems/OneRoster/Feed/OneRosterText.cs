using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>Which columns of the form hold texts of a register.</summary>
internal static class OneRosterText
{
    /// <summary>Columns of texts that say by what somebody is known.</summary>
    private static readonly string[] Keys = ["username", "userIds", "identifier", "userMasterIdentifier"];

    private static readonly string[] Manifest = ["propertyName", "value"];

    public static TypedColumns Columns { get; } = new(
        Titles(column => column.Kind == ValueKind.Text),
        [.. Keys, .. Titles(column => column.Kind is ValueKind.Id or ValueKind.Reference or ValueKind.References)],
        [.. Manifest, "dateLastModified", "grades", .. Titles(column => IsWord(column) || column.Kind is ValueKind.Date or ValueKind.Year or ValueKind.Flag or ValueKind.Empty)]);

    public static bool IsWord(CsvColumn column) => column.Kind is ValueKind.Word or ValueKind.DecidingWord;

    private static IEnumerable<string> Titles(Func<CsvColumn, bool> isWanted) => CsvForm.Files.SelectMany(file => file.Columns).Where(isWanted).Select(column => column.Name);
}
