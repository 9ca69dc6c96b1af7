using System.ComponentModel;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.OneRoster;

public sealed record OneRosterSettings : SourceSettings
{
    internal const string UsualMarkingColumn = "metadata.securityMarking";

    [Description("A folder with the CSV files, or a zip that holds them, on the machine that pulls.")]
    public required string Path { get; init; }

    [Description("Column of users.csv, one of the extensions that the form allows, that holds the security marking: Ingen, Sekretessmarkering, Skyddad folkbokföring.")]
    public string SecurityMarkingColumn { get; init; } = UsualMarkingColumn;

    internal override IReadOnlyList<string> NeverEmpty => ["orgs", "users", "roles"];

    public override IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant) =>
        SecurityMarkingColumn.StartsWith(CsvForm.Extension, StringComparison.Ordinal)
            ? []
            : [("securityMarkingColumn", $"must begin with {CsvForm.Extension}, as columns do that are not of the form")];
}
