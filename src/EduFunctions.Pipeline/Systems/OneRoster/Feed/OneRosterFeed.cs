using System.Globalization;
using System.IO.Compression;
using EduFunctions.Pipeline.Checking;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>OneRoster 1.2 files in one zip: everything, or what has changed since the last delivery (docs/feeds/oneroster.md).</summary>
public sealed class OneRosterFeed : IFeedWithMemory
{
    public string Type => "oneRosterCsv";

    public Type Settings => typeof(OneRosterFeedSettings);

    public IReadOnlyList<FindingKind> Findings => OneRosterFindings.All;

    /// <summary>When nothing has changed, there is no file that says so.</summary>
    public bool TargetKeepsState(FeedSettings settings) => IsComplete(settings);

    public bool IsComplete(FeedSettings settings) => !((OneRosterFeedSettings)settings).IsDelta;

    /// <summary>A delivery says by itself what was there before it, so that the one begun last is all that counts.</summary>
    public IReadOnlyList<KnownFile> Known(IReadOnlyList<KnownFile> before, SentFiles sent, FeedSettings settings) =>
        sent.Begun.Count == 0 ? before
        : sent.Has(OneRosterKnown.FileName) ? [new KnownFile(OneRosterKnown.FileName, sent.Run, sent.Begun.Values.All(confirmed => confirmed))]
        : [.. sent.Begun.Select(file => new KnownFile(file.Key, sent.Run, file.Value))];

    public ITypedRows TypedRowsOf(string file, FeedSettings settings) => new TypedTable(OneRosterText.Columns);

    public IEnumerable<string> OwnWords(FeedSettings settings) =>
        [.. OneRosterText.Columns.Titles, .. CsvForm.Files.SelectMany(file => file.Columns).Where(OneRosterText.IsWord).SelectMany(column => column.Values)];

    public FeedSelection Choose(Roster roster, FeedSettings settings, Holders holders)
    {
        var chosen = (OneRosterFeedSettings)settings;
        return new UserChoice(roster, new OneRosterForm(roster, chosen), holders)
            .Choose(chosen.Guardians, roster.SectionsOf(chosen.GroupTypes), chosen.ClassTitle);
    }

    public void AddParts(FeedParts parts, FeedSettings settings)
    {
        var chosen = (OneRosterFeedSettings)settings;
        parts.Add("guardians", chosen.Guardians, () => parts.Guardians).AddValue("classId", chosen.ClassId, () => parts.Sections);
    }

    public void Render(FeedInput input, FeedFiles files)
    {
        var content = new OneRosterContent(input);
        var name = NameOf(input);
        if (content.Settings.IsDelta)
        {
            new OneRosterDelta(input).Write(content, files, name);
        }
        else
        {
            OneRosterZip.Write(files.Create(name), OneRosterFeedSettings.Bulk, content.Files);
        }
    }

    public bool AsksWhatWasGiven(KnownFiles before) => before.Find(OneRosterKnown.FileName) is not null;

    /// <summary>By rows that say so, where it is known which there are; else by files that are whole but for those.</summary>
    public void RenderLeaving(FeedInput input, FeedFiles files)
    {
        var leavers = new Leavers(input.Roster);
        if (input.Before.Find(OneRosterKnown.FileName) is not null)
        {
            new OneRosterDelta(input).WriteLeaving(leavers, files, NameOf(input));
        }
        else if (input.Before.Names.SingleOrDefault() is { } last)
        {
            OneRosterLeaving.Write(input.Before.Find(last)!, leavers, input.IsTelling, input.IsInDoubt, () => files.Create(NameOf(input)));
        }
    }

    /// <summary>Rows that take somebody away name them by their id.</summary>
    public bool MayNameProtected(string file, ReadOnlySpan<byte> row) => CsvForm.Files.Any(known => known.FileName == file) && OneRosterRemoval.Is(row);

    public IEnumerable<FeedRow> Rows(string file, Stream content)
    {
        using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in OneRosterZip.DataIn(zip))
        {
            using var rows = entry.Open();
            foreach (var row in Rfc4180.Compared(entry.FullName, rows, keyColumns: 1))
            {
                yield return row;
            }
        }
    }

    public IReadOnlyList<FeedError> Check(FeedFiles files, FeedSettings settings) => files.Names.Count == 0 ? [] : FeedCheck.Errors(new OneRosterCheck(), files);

    [Told]
    public IReadOnlyList<string> Forecast(FeedChanges changes, DateOnly today) =>
    [
        .. changes.PersonsAdded == 0 ? Array.Empty<string>() : [$"{changes.PersonsAdded} users are created, or active again where they were before."],
        .. changes.PersonsRemoved == 0 ? Array.Empty<string>() : [$"{changes.PersonsRemoved} users are marked for deletion; when they are deleted, the target decides."],
        .. changes.SectionsRemoved == 0 ? Array.Empty<string>() : [$"{changes.SectionsRemoved} classes are marked for deletion, with everybody's enrollment in them."],
    ];

    /// <summary>
    /// What has changed must not take the place of what had changed before, nor overtake it: by one clock that never goes back, and within a second by the order
    /// of the runs.
    /// </summary>
    private static string NameOf(FeedInput input)
    {
        var settings = (OneRosterFeedSettings)input.Settings;
        return settings.IsDelta
            ? string.Create(CultureInfo.InvariantCulture, $"{settings.FileName}_{input.Begun.UtcDateTime:yyyyMMdd_HHmmss}{Ending(input.Run)}.zip")
            : $"{settings.FileName}.zip";
    }

    /// <summary>The end of a run's name, which tells those of one second apart.</summary>
    private static string Ending(string run) => run.LastIndexOf('-') is >= 0 and var at ? $"_{run[(at + 1)..]}" : "";
}
