using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>Microsoft School Data Sync's CSV format 2.1, complete every time (docs/feeds/school-data-sync.md).</summary>
public sealed class SdsFeed : IFeed
{
    public string Type => "schoolDataSync";

    public Type Settings => typeof(SdsSettings);

    public IReadOnlyList<FindingKind> Findings => SdsFindings.All;

    public bool TargetKeepsState(FeedSettings settings) => true;

    public ITypedRows TypedRowsOf(string file, FeedSettings settings) => new TypedTable(SdsFile.Typed);

    public IEnumerable<string> OwnWords(FeedSettings settings) =>
        [.. SdsFile.Typed.Titles, .. SdsFile.All.SelectMany(file => file.Columns).Where(column => column.Kind == SdsKind.Word).SelectMany(column => column.Values)];

    public FeedSelection Choose(Roster roster, FeedSettings settings, Holders holders)
    {
        var sds = (SdsSettings)settings;
        return new UserChoice(roster, new SdsForm(roster, sds), holders).Choose(sds.Guardians, roster.SectionsOf(sds.GroupTypes), sds.ClassTitle);
    }

    public void AddParts(FeedParts parts, FeedSettings settings) => parts.Add("guardians", ((SdsSettings)settings).Guardians, () => parts.Guardians);

    public void Render(FeedInput input, FeedFiles files)
    {
        var content = new SdsContent(input);
        SdsPackage.Write(files, content.Settings, content.Tables);
    }

    /// <summary>Whoever is not in the files is taken as gone, so they have to be whole but for those.</summary>
    public void RenderLeaving(FeedInput input, FeedFiles files)
    {
        var (leavers, discreet, hasAny) = (new Leavers(input.Roster), new DiscreetRows(input.IsTelling, SdsFile.Typed), input.IsInDoubt);
        var tables = input.Before.Names.SelectMany(name => SdsPackage.Read(name, input.Before.Find(name)!, (file, content) =>
        {
            var rows = new RowsWithoutLeavers(leavers, discreet, [file == SdsFile.Users.Name ? "sourcedId" : "userSourcedId", "relationshipUserSourcedId"], []);
            var stay = rows.Read(content);
            hasAny |= rows.HasAny;
            return SdsFile.All.Where(known => known.Name == file).Select(known => new SdsTable(known, stay)).ToList();
        })).ToList();
        if (hasAny && input.Before.Names.Count > 0)
        {
            SdsPackage.Write(files, (SdsSettings)input.Settings, tables);
        }
    }

    public IEnumerable<FeedRow> Rows(string file, Stream content) => SdsPackage.Read(
        file, content, (name, rows) => Rfc4180.Compared(name, rows, SdsFile.All.FirstOrDefault(known => known.Name == name)?.KeyColumns ?? 1));

    public IReadOnlyList<FeedError> Check(FeedFiles files, FeedSettings settings) => FeedCheck.Errors(new SdsCheck((SdsSettings)settings), files);

    [Told]
    public IReadOnlyList<string> Forecast(FeedChanges changes, DateOnly today) =>
    [
        .. changes.PersonsAdded == 0 ? Array.Empty<string>() : [$"{changes.PersonsAdded} people are matched with accounts in Entra, or get new ones, as the flow is set up."],
        .. changes.PersonsRemoved == 0
            ? Array.Empty<string>()
            : [$"{changes.PersonsRemoved} people become inactive in School Data Sync and leave their classes; accounts stay until somebody deletes them."],
        .. changes.SectionsRemoved == 0 ? Array.Empty<string>() : [$"{changes.SectionsRemoved} classes become inactive; their teams stay until they are archived."],
    ];
}
