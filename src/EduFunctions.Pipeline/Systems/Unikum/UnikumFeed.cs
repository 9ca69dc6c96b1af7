using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Unikum's object and relation files, in one zip: what has changed since the last delivery (docs/feeds/unikum.md).</summary>
public sealed class UnikumFeed : IFeedWithMemory
{
    internal const string ObjectEnding = ".principals";
    internal const string RelationEnding = ".relations";

    public string Type => "unikumRelations";

    public Type Settings => typeof(UnikumSettings);

    public IReadOnlyList<FindingKind> Findings => UnikumFindings.All;

    /// <summary>When nothing has changed there is no file.</summary>
    public bool TargetKeepsState(FeedSettings settings) => false;

    /// <summary>A delivery says by itself what was there before it, so that the one begun last is all that counts.</summary>
    public IReadOnlyList<KnownFile> Known(IReadOnlyList<KnownFile> before, SentFiles sent, FeedSettings settings)
    {
        var isConfirmed = sent.Begun.Values.All(confirmed => confirmed);
        return sent.Begun.Count == 0
            ? before
            : [
                new(ObjectDelta.KnownFile, sent.Run, isConfirmed), new(RelationDelta.KnownFile, sent.Run, isConfirmed),
                .. sent.Has(RelationsGone.KnownFile) ? [new KnownFile(RelationsGone.KnownFile, sent.Run, IsConfirmed: true)] : Array.Empty<KnownFile>(),
            ];
    }

    public ITypedRows TypedRowsOf(string file, FeedSettings settings) => file.EndsWith(RelationEnding, StringComparison.Ordinal)
        ? new RelationParts(((UnikumSettings)settings).Layout)
        : new PrincipalParts();

    public IEnumerable<string> OwnWords(FeedSettings settings) =>
    [
        ((UnikumSettings)settings).OrganisationId, "add", "remove", .. PrincipalFormat.All.Select(format => format.ToString()),
        .. RelationType.All.Select(type => Encoding.UTF8.GetString(type.Name)),
    ];

    public FeedSelection Choose(Roster roster, FeedSettings settings, Holders holders) => new UnikumChoice(roster, (UnikumSettings)settings).Choose();

    public void AddParts(FeedParts parts, FeedSettings settings)
    {
        var unikum = (UnikumSettings)settings;
        parts.AddValue("personId", unikum.PersonId, () => parts.Persons).AddValue("organisationId", unikum.OrganisationId, () => parts.Roster.Units.Count);
        foreach (var role in unikum.Administrators.Distinct())
        {
            parts.Add($"administrators.{role}", isOn: true, () => parts.Roster.StaffUnits.Rows.ToArray().Count(duty => parts.Roster.Vocabulary.DutyRoles[duty.Kind] == role));
        }
    }

    public void Render(FeedInput input, FeedFiles files)
    {
        var content = new UnikumContent(input);
        var name = NameOf(input, content.Settings);
        var rows = 0;
        using (var zip = new FixedZip(files.Create($"{name}.zip")))
        {
            rows += ObjectDelta.Write(content, input, files, zip.Create(name + ObjectEnding));
            rows += RelationDelta.Write(content, input, files, zip.Create(name + RelationEnding));
        }

        if (rows == 0)
        {
            files.Clear();
        }
    }

    /// <summary>Nobody meets what has no relations.</summary>
    public void RenderLeaving(FeedInput input, FeedFiles files)
    {
        var settings = (UnikumSettings)input.Settings;
        var name = NameOf(input, settings);
        var (rows, leavers) = (0, new Leavers(input.Roster));
        using (var zip = new FixedZip(files.Create($"{name}.zip")))
        {
            rows += NeutralObjects.Write(input, settings, leavers, zip.Create(name + ObjectEnding));
            rows += RelationLeaving.Write(input, settings, leavers, files, zip.Create(name + RelationEnding));
        }

        if (rows == 0)
        {
            files.Clear();
        }
    }

    public Encoding EncodingOf(FeedSettings settings) => ((UnikumSettings)settings).FileEncoding;

    [Told]
    public string? Reservation(FeedSettings settings) => ((UnikumSettings)settings).LayoutConfirmed ? null
        : "Nothing was sent, because the layout of the relation file is not public: have the vendor confirm that of a dry run's file, then set layoutConfirmed.";

    /// <summary>Unikum forgets by rows that take relations away.</summary>
    public bool MayNameProtected(string file, ReadOnlySpan<byte> row) =>
        file.EndsWith(RelationEnding, StringComparison.Ordinal) && RelationLayout.IsRemoval(row);

    public IEnumerable<FeedRow> Rows(string file, Stream content) => UnikumRows.Read(content);

    public IReadOnlyList<FeedError> Check(FeedFiles files, FeedSettings settings) => FeedCheck.Errors(
        new UnikumCheck((UnikumSettings)settings, () => files.KeptNames.Contains(ObjectDelta.KnownFile) ? files.Open(ObjectDelta.KnownFile) : Stream.Null), files);

    private static string NameOf(FeedInput input, UnikumSettings settings) =>
        string.Create(CultureInfo.InvariantCulture, $"{settings.FileName ?? input.Tenant}_{input.Begun:yyyyMMdd_HHmm}");

    [Told]
    public IReadOnlyList<string> Forecast(FeedChanges changes, DateOnly today) =>
    [
        .. changes.PersonsAdded == 0 ? Array.Empty<string>() : [$"{changes.PersonsAdded} people are created, or related anew where Unikum still has them."],
        .. changes.PersonsRemoved == 0
            ? Array.Empty<string>()
            : [$"{changes.PersonsRemoved} people lose all schools, classes and relations; what they have written stays, and their school no longer reaches it."],
        .. changes.SectionsRemoved == 0 ? Array.Empty<string>() : [$"{changes.SectionsRemoved} classes lose their school and everybody in them."],
    ];
}
