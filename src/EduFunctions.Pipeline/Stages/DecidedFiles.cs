using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What a transform leaves behind, by path below the container of rosters. Each file is made by itself, so that all can be at once.</summary>
internal static class DecidedFiles
{
    /// <param name="language">That of what registrars are told.</param>
    public static IReadOnlyList<(string Path, Action<Stream> Write)> Of(
        string tenant, string run, Decided decided, Discretion discretion, FindingCatalog kinds, Language language) =>
    [
        (RosterPath.Findings(tenant, run), stream => FindingReport.Write(tenant, run, decided.Decisions.Data, discretion.Scan(tenant), kinds, language, stream)),
        (RosterPath.Roster(tenant, run), stream => RosterFile.Write(decided.Roster, RosterPath.OwnerOf(RosterPath.Roster(tenant, run)), stream)),
        (RosterPath.Ledger(tenant, run), stream => LedgerFile.Write(LedgerOf(decided), stream)),
        (RosterPath.Protected(tenant, run), stream => ProtectedValuesFile.Write(decided.Protected, stream)),
        .. decided.Feeds.Where(feed => feed.Roster != decided.Roster).Select(feed => OwnRoster(tenant, run, feed)),
    ];

    private static (string Path, Action<Stream> Write) OwnRoster(string tenant, string run, ChosenFeed feed) =>
        (RosterPath.Roster(tenant, run, feed.Setup.Name), stream => RosterFile.Write(feed.Roster, RosterPath.OwnerOf(RosterPath.Roster(tenant, run)), stream));

    private static LedgerSource LedgerOf(Decided decided) => LedgerBuilder.Build(
        decided.Decisions, decided.Roster,
        [.. decided.Feeds.Select(feed => new LedgerFeed(feed.Setup.Name, feed.PersonsOf(decided.Roster), feed.Selection.Findings, feed.Setup.IsPartial))]);
}
