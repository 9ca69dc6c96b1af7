using System.Text.Json;
using EduFunctions.Pipeline.Findings;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What a transform leaves behind, by path below the container of rosters. Each file is made by itself, so that all can be at once.</summary>
internal static class DecidedFiles
{
    public static IReadOnlyList<(string Path, Action<Stream> Write)> Of(string tenant, string run, Decided decided) =>
    [
        (RosterPath.Roster(tenant, run), stream => RosterFile.Write(decided.Roster, stream)),
        (RosterPath.Ledger(tenant, run), stream => LedgerFile.Write(LedgerOf(decided), stream)),
        (RosterPath.Findings(tenant, run),
            stream => JsonSerializer.Serialize(stream, FindingReport.Of(tenant, run, decided.Decisions.Data), Serialization.Indented)),
    ];

    private static Ledger LedgerOf(Decided decided) => LedgerBuilder.Build(
        decided.Decisions, decided.Roster, [.. decided.Feeds.Select(feed => (feed.Plan.Name, feed.Selection.Persons))]);
}
