using System.IO.Compression;
using System.Text;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>Apple School Manager's SFTP template: six CSV files in one zip, complete every time (docs/feeds/apple-school-manager.md).</summary>
public sealed class AppleFeed : ILoggedFeed
{
    private const string ZipName = "asm.zip";

    private const int DaysToDeletion = 120;

    public string Type => "appleSchoolManager";

    public Type Settings => typeof(AppleSettings);

    public IReadOnlyList<FindingKind> Findings => AppleFindings.All;

    public string RefusedFinding => AppleFindings.RefusedByApple;

    public string AllRefusedFinding => AppleFindings.UploadRefused;

    public TargetLog ReadLog(Stream content) => AppleLog.Read(content);

    public bool TargetKeepsState(FeedSettings settings) => true;

    public ITypedRows TypedRowsOf(string file, FeedSettings settings) => new TypedTable(AppleFile.Typed);

    public IEnumerable<string> OwnWords(FeedSettings settings) => AppleFile.Typed.Titles;

    public FeedSelection Choose(Roster roster, FeedSettings settings, Holders holders) => new AppleChoice(roster, (AppleSettings)settings, holders).Choose();

    public void Render(FeedInput input, FeedFiles files)
    {
        var content = new AppleContent(input.Roster, input.Selection, (AppleSettings)input.Settings);
        using var zip = new FixedZip(files.Create(ZipName));
        foreach (var (name, write) in content.Files)
        {
            using var stream = zip.Create(name);
            using var csv = new CsvWriter(stream, AppleContent.Format);
            write(csv);
        }
    }

    /// <summary>Whoever is not in the zip is deactivated, so it has to be whole but for those.</summary>
    public void RenderLeaving(FeedInput input, FeedFiles files)
    {
        if (input.Before.Find(ZipName) is not { } before)
        {
            return;
        }

        using var last = new ZipArchive(before, ZipArchiveMode.Read, leaveOpen: true);
        var leavers = new Leavers(input.Roster);
        var leaving = new AppleLeaving(last, text => leavers.Has(Encoding.UTF8.GetBytes(text)), input.IsTelling);
        if (input.IsInDoubt || leaving.HasAny)
        {
            using var zip = new FixedZip(files.Create(ZipName));
            leaving.Write(zip);
        }
    }

    public IEnumerable<FeedRow> Rows(string file, Stream content) => AppleRows.Read(content);

    public IReadOnlyList<FeedError> Check(FeedFiles files, FeedSettings settings) => FeedCheck.Errors(new AppleCheck((AppleSettings)settings), files);

    [Told]
    public IReadOnlyList<string> Forecast(FeedChanges changes, DateOnly today) =>
    [
        .. changes.PersonsAdded == 0 ? Array.Empty<string>() : [$"{changes.PersonsAdded} accounts are created, or revived where Apple still has them."],
        .. changes.PersonsRemoved == 0
            ? Array.Empty<string>()
            : [$"{changes.PersonsRemoved} accounts are deactivated, and deleted on {today.AddDays(DaysToDeletion):yyyy-MM-dd} ({DaysToDeletion} days) unless they come back."],
        .. changes.SectionsRemoved == 0
            ? Array.Empty<string>()
            : [$"{changes.SectionsRemoved} classes lose their students and turn manual; Schoolwork progress in them is erased."],
    ];
}
