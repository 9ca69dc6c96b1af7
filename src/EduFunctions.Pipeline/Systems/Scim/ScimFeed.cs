using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>What has to be done at a SCIM 2.0 server, a line for each thing (docs/feeds/scim.md).</summary>
public sealed class ScimFeed : IFeedWithMemory
{
    internal const string FileName = "scim.jsonl";

    public string Type => "scim";

    public Type Settings => typeof(ScimSettings);

    public IReadOnlyList<FindingKind> Findings => ScimFindings.All;

    /// <summary>When nothing has changed, there is no file that says so.</summary>
    public bool TargetKeepsState(FeedSettings settings) => false;

    /// <summary>A delivery says by itself what was there before it, so that the one begun last is all that counts, but for lines that were refused.</summary>
    public IReadOnlyList<KnownFile> Known(IReadOnlyList<KnownFile> before, SentFiles sent, FeedSettings settings) =>
        sent.IsBegun(FileName)
            ? [new KnownFile(ScimHeld.FileName, sent.Run, sent.IsConfirmed(FileName)) { Refused = sent.RefusedLines(FileName), Places = sent.ProgressOf(FileName)?.Places }]
        : sent.Has(ScimHeld.FileName) && !sent.Has(FileName) ? [new KnownFile(ScimHeld.FileName, sent.Run, IsConfirmed: true)]
        : before;

    public bool AsksWhoWaits => true;

    public IReadOnlyList<DueRows> Due(FeedInput input) => ScimDue.Of(input);

    public ITypedRows TypedRowsOf(string file, FeedSettings settings) => new TypedJson(ScimLine.KindOf);

    public IEnumerable<string> OwnWords(FeedSettings settings) => [.. ScimLine.OwnWords, .. ScimType.InOrder.Select(type => type.Endpoint)];

    public FeedSelection Choose(Roster roster, FeedSettings settings, Holders holders) => new ScimChoice(roster, (ScimSettings)settings, holders).Choose() with
    {
        Terms = new Dictionary<string, int> { ["deleteAfterDays"] = ((ScimSettings)settings).RestingDays },
    };

    public void AddParts(FeedParts parts, FeedSettings settings)
    {
        var scim = (ScimSettings)settings;
        parts.Add("schoolGroups", scim.SchoolGroups, () => parts.Roster.Units.Count).Add("guardians", scim.Guardians, () => parts.Guardians)
            .AddValue("profile", scim.Profile, () => parts.Sections);
    }

    public void Render(FeedInput input, FeedFiles files)
    {
        var content = new ScimContent(input);
        var resources = content.Settings.IsEgil ? new EgilResources(content, input).All(input.Tenant) : CoreResources.Of(content);
        new ScimChanges(input).Write(resources, content.UserNames(), files);
    }

    public void RenderLeaving(FeedInput input, FeedFiles files) => new ScimChanges(input).WriteLeaving(files);

    /// <summary>Lines that take somebody away name them by their id.</summary>
    public bool MayNameProtected(string file, ReadOnlySpan<byte> row) => ScimLine.IsOfKeys(row);

    public IEnumerable<FeedRow> Rows(string file, Stream content)
    {
        var lines = new LineReader(content);
        while (lines.Read())
        {
            if (ScimLine.TryParse(lines.Current) is { } line)
            {
                yield return new FeedRow($"{line.Do} {line.Type}", line.Id, System.IO.Hashing.XxHash128.HashToUInt128(lines.Current));
            }
        }
    }

    public IReadOnlyList<FeedError> Check(FeedFiles files, FeedSettings settings) =>
        [.. files.Names.SelectMany(name => new ScimCheck(name).Errors(files.Open(name)))];

    [Told]
    public IReadOnlyList<string> Forecast(FeedChanges changes, DateOnly today) =>
    [
        .. changes.PersonsAdded == 0 ? Array.Empty<string>() : [$"{changes.PersonsAdded} users are created, or active again where they were before."],
        .. changes.PersonsRemoved == 0 ? Array.Empty<string>()
            : [$"{changes.PersonsRemoved} users are no longer active, and are deleted after the days of settings.deleteAfterDays, with 0 at once; who is protected is deleted at once."],
        .. changes.SectionsRemoved == 0 ? Array.Empty<string>() : [$"{changes.SectionsRemoved} groups lose their members, and are deleted after the same days."],
        .. changes.Deleted == 0 ? Array.Empty<string>() : [$"{changes.Deleted} users and groups that rest there are deleted for good."],
    ];
}
