using System.Collections;
using System.IO.Compression;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>Apple School Manager's SFTP template: six CSV files in one zip, complete every time (docs/feeds/apple-school-manager.md).</summary>
public sealed class AppleFeed : IFeed
{
    private const string ZipName = "asm.zip";

    private const int DaysToDeletion = 120;

    public string Type => "appleSchoolManager";

    public Type Settings => typeof(AppleSettings);

    public IReadOnlyList<FindingKind> Findings => AppleFindings.All;

    public bool TargetKeepsState(FeedSettings settings) => true;

    /// <summary>Staff before student, then names, then e-mail decide.</summary>
    public FeedSelection Choose(Roster roster, FeedSettings settings, KnownFiles before)
    {
        var apple = (AppleSettings)settings;
        var selection = new FeedSelection(new BitArray(roster.Persons.Count), roster.SectionsOf(apple.GroupTypes), new FindingLog());
        var (persons, findings) = (selection.Persons, selection.Findings);
        for (var row = 0; row < roster.Persons.Count; row++)
        {
            ref readonly var person = ref roster.Persons[row];
            if ((person.Roles & (Roles.Student | Roles.Staff)) == 0)
            {
                continue;
            }

            if ((person.Roles & (Roles.Student | Roles.Staff)) == (Roles.Student | Roles.Staff))
            {
                findings.Add(AppleFindings.StaffBeforeStudent, EntityKind.Person, person.Id);
            }

            var refusal = Refusal(roster, person, apple.EmailRequired);
            persons[row] = refusal is null;
            if (refusal is not null)
            {
                findings.Add(refusal, EntityKind.Person, person.Id);
            }
        }

        ReportLimits(roster, selection);
        return selection;
    }

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
        var leaving = new AppleLeaving(last, text => leavers.Has(Encoding.UTF8.GetBytes(text)));
        if (leaving.HasAny)
        {
            using var zip = new FixedZip(files.Create(ZipName));
            leaving.Write(zip);
        }
    }

    public IEnumerable<FeedRow> Rows(string file, Stream content) => AppleRows.Read(content);

    public IReadOnlyList<FeedError> Check(FeedFiles files, FeedSettings settings) => AppleCheck.Errors(files.Open(ZipName));

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

    /// <summary>What does not fit into Apple's numbered columns.</summary>
    private static void ReportLimits(Roster roster, FeedSelection selection)
    {
        var roles = new AppleRoles(roster, selection.Persons);
        ApplePersons.Report(roster, roster.StudentUnits, roles.Students, selection.Findings);
        ApplePersons.Report(roster, roster.StaffUnits, roles.Staff, selection.Findings);
        new AppleInstructors(roster, roles.Staff, selection.Sections).Report(selection.Findings);
    }

    private static string? Refusal(Roster roster, in RosterPerson person, bool emailRequired) =>
        AppleText.IsBlank(roster[person.Texts.GivenName]) || AppleText.IsBlank(roster[person.Texts.FamilyName]) ? AppleFindings.NameMissing
        : !AppleIds.IsTaken(person.Id) ? AppleFindings.IdRefused
        : emailRequired && AppleText.IsBlank(roster[AppleRoles.Email(person)]) ? AppleFindings.EmailMissing
        : null;
}
