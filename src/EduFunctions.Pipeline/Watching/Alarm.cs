using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Watching;

/// <summary>Something people should know. The same cause is said once; without another one it is the words.</summary>
/// <param name="Subject">The run or the feed.</param>
[Told]
public sealed partial record Alarm(AlarmKind Kind, string Subject, string Text)
{
    [JsonIgnore]
    public string Cause => Hash.Of($"{Kind} {Standing ?? Text}");

    /// <summary>What stays the same while it stands, whatever the words: a hold has other figures and another plan every night.</summary>
    [JsonIgnore]
    public string? Standing { get; init; }

    /// <summary>Whether a run is held without a plan that could be answered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasNoPlan { get; init; }

    /// <summary>Feeds of the run in which something waits, by which its schools are found; null for what tells of none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? HeldFeeds { get; init; }

    /// <summary>Ids in the text that are nobody's.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>What a run that ended so calls for; nothing for one that ended well, and for a dry run, which somebody is looking at.</summary>
    public static IEnumerable<Alarm> AllOf(RunRecord run) =>
        new[] { EndOf(run), KeptBackIn(run), SparedIn(run), MemoryOf(run) }.OfType<Alarm>().Concat(NoticesOf(run)).Concat(LeftBy(run)).Concat(SourceOf(run));

    private static Alarm? EndOf(RunRecord run) => run switch
    {
        { DryRun: true } => null,
        { State: RunState.Held } => new Alarm(AlarmKind.Hold, run.Run, run.StateReason ?? "The run is held.")
        {
            Standing = StandingOf(run),
            Known = SchoolsIn(run),
            HeldFeeds = RunSchools.FeedsOf(run) is { Count: > 0 } feeds ? feeds : null,
            HasNoPlan = !run.IsAsking,
        },
        { State: RunState.Failed, Poison: not null } => new Alarm(AlarmKind.Poison, run.Run, run.StateReason ?? "A message failed for good."),
        { State: RunState.Failed } => new Alarm(AlarmKind.Failure, run.Run, run.StateReason ?? "The run failed."),
        _ => null,
    };

    /// <summary>What waits where; of a run that is held itself, the words without figures and names of runs.</summary>
    private static string StandingOf(RunRecord run)
    {
        var holds = run.Feeds.SelectMany(feed => feed.Holds.Select(hold => $"{feed.Name} {hold.Code} {hold.Kind} {hold.School}"));
        return string.Join('\n', holds.Distinct().Order(StringComparer.Ordinal)) is { Length: > 0 } standing ? standing : Figures().Replace(run.StateReason ?? "", "");
    }

    [GeneratedRegex("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}|[0-9]+")]
    private static partial Regex Figures();

    private static string[] SchoolsIn(RunRecord run) => [.. run.Feeds.SelectMany(feed => feed.Holds).Select(hold => hold.School).OfType<string>().Distinct()];

    private static Alarm? KeptBackIn(RunRecord run)
    {
        var (names, ids, rows) = (Count(FindingCodes.NameTelling), Count(FindingCodes.IdTelling), Count(FindingCodes.RowTelling));
        return run.DryRun || names + ids + rows == 0 ? null : new Alarm(
            AlarmKind.Protection,
            run.Run,
            $"A protected person would be recognised in {names} names of schools, groups or courses{(ids == 0 ? "" : $", in {ids} of their ids")} and in {rows} persons' values. "
            + "The feeds have neutral ones and are without these persons.");

        int Count(string code) => run.Findings.Where(finding => finding.Code == code).Sum(finding => finding.Count);
    }

    private static Alarm? SparedIn(RunRecord run) => run.DryRun || run.Findings.FirstOrDefault(finding => finding.Code == FindingCodes.ValueOfMany) is not { } spared ? null : new Alarm(
        AlarmKind.Protection,
        run.Run,
        $"A name or login of a protected person stands in the values of {spared.Count} others, so it is not looked for, and they stay. Look whether it is the protected person's at all.")
    {
        Standing = spared.Code,
    };

    private static Alarm? MemoryOf(RunRecord run) => run.DryRun || run.Findings.All(finding => finding.Code != FindingCodes.MemoryLost) ? null : new Alarm(
        AlarmKind.Protection,
        run.Run,
        $"What was remembered of protected persons was lost or older than it should be. Run {run.Run} has made it anew of the rosters that are kept. "
        + $"Find out who changed state/{run.Tenant}/memory.bin.");

    private static IEnumerable<Alarm> NoticesOf(RunRecord run) =>
        from feed in run.DryRun ? [] : run.Feeds
        from notice in feed.Notices ?? []
        where notice.Code is NoticeCode.ManyProtected or NoticeCode.TargetChanged or NoticeCode.TargetOfAnother
        select new Alarm(
            notice.Code == NoticeCode.ManyProtected ? AlarmKind.ManyProtected : AlarmKind.Target, run.Run, $"Feed {feed.Name}: {notice.Message}");

    /// <summary>What the source did not show whole. It stands night for night, and somebody has to have it mended: until then those who left stay.</summary>
    private static IEnumerable<Alarm> SourceOf(RunRecord run) =>
        from note in run.DryRun ? [] : run.PullNotes
        where note.Code is PullNote.Unstable or PullNote.LookUpRefused or PullNote.LookUpSilent or PullNote.ChangesMissed
        select new Alarm(AlarmKind.Source, run.Run, note.Message) { Standing = $"{note.Code} {note.Collection}" };

    /// <summary>The same as long as it is the same target, however many are in it.</summary>
    private static IEnumerable<Alarm> LeftBy(RunRecord run) =>
        from notice in run.DryRun ? [] : run.Notices ?? []
        select new Alarm(notice.Code == NoticeCode.SealsLost ? AlarmKind.Seals : AlarmKind.Target, run.Run, notice.Message) { Standing = Figures().Replace(notice.Message, "") };

    /// <summary>Null for a tenant whose file is as it should be.</summary>
    /// <param name="problem">What is wrong with it.</param>
    public static Alarm? OfFile(string? problem) => problem is null ? null : new Alarm(AlarmKind.TenantFile, "tenant file", problem);

    /// <summary>Null for a feed that is not stale. The words do not change while it gets older.</summary>
    public static Alarm? Of(FreshnessStatus status) => status.State != FreshnessState.Stale ? null : new Alarm(
        AlarmKind.Freshness,
        status.Subject,
        status.LastGood is { } last
            ? $"Feed {status.Subject}: no good delivery since {last.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC; {status.TargetHours} hours are allowed."
            : $"Feed {status.Subject}: it was never delivered; {status.TargetHours} hours after it was first seen are allowed.");
}
