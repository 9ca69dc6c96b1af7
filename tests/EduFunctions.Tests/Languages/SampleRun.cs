using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Tests.Languages;

/// <summary>Runs that have something of everything to tell.</summary>
internal static class SampleRun
{
    public const string School = "8f1c4a3e-1111-4c52-9b1a-0f0d2b3c4d5e";
    private const string Hash = "3f29c1d0a4b5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7f";

    private static readonly DateTimeOffset Begun = new(2026, 9, 1, 19, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<Hold> Holds { get; } =
    [
        .. from code in Enum.GetValues<HoldCode>()
           from school in (string?[])[null, School]
           from earlier in (int[])[0, 12]
           from since in (DateOnly?[])[null, new DateOnly(2026, 8, 30)]
           from column in code == HoldCode.Column ? Enum.GetValues<Moved>() : [default]
           from kind in Enum.GetValues<RowKind>()
           from unread in (int[])[0, 3]
           select new Hold(code, kind, school, 20, 40, 10)
           {
               Earlier = earlier,
               NotUnderstood = unread,
               Since = since,
               Column = code == HoldCode.Column ? column : null,
               Setting = code == HoldCode.SettingChanged ? "username" : null,
           },
    ];

    public static DeliveryPlan Plan { get; } = new()
    {
        Tenant = "nordhamn",
        Run = "20260901T190000Z-0a1b",
        Feed = "apple",
        Target = "sftp://upload.appleschoolcontent.com/dropbox",
        Against = null,
        Totals = [new PlannedRows(RowKind.Students, null, 1240, 3, 12, 20), new PlannedRows(RowKind.Memberships, null, 5012, 0, 0, 40)],
        Schools = [new PlannedRows(RowKind.Students, School, 40, 0, 0, 20), new PlannedRows(RowKind.Sections, null, 1, 1, 0, 0)],
        Samples = [],
        Digest = Hash,
        Holds = [new Hold(HoldCode.Removals, RowKind.Students, School, 20, 40, 10)],
        Pairs = [],
        Ceiling = [new PlannedRows(RowKind.Students, School, 40, 0, 0, 20)],
        Waiting = 0,
        Tonight = ["3 accounts are created, or revived where Apple still has them."],
        WhenApproved = ["20 accounts are deactivated, and deleted on 2026-12-30 (120 days) unless they come back."],
        WhenRefused = Arrivals.Forecast([]),
    };

    public static Receipt Receipt { get; } = new()
    {
        Tenant = "nordhamn",
        Run = "20260901T190000Z-0a1b",
        Feed = "apple",
        Type = "appleSchoolManager",
        State = ReceiptState.ProcessedWithErrors,
        Target = Plan.Target,
        Attempts = 2,
        Finished = Begun.AddMinutes(3),
        Reference = "x",
        Files = [new FeedFile("a.zip", 1234, Hash)],
        Counts = new[] { "rows", "lines", "completed", "errors", "warnings" }.ToDictionary(name => name, _ => 2),
        Progress =
        [
            new FileProgress("a.zip", ReceiptState.ProcessedWithErrors, Begun) { Reference = "y", Rows = 5, Completed = 4, Errors = 1, Warnings = 2, Refused = [3, 4] },
        ],
    };

    public static IReadOnlyList<RestingFeed> Resting { get; } =
    [
        new("apple", new FeedFreeze { Until = "2026-09-10", What = "all" }), new("learn", new FeedFreeze { Until = "2026-09-10", What = "adds" }, Begun),
        new("unikum", new FeedFreeze { Until = "2026-09-10", What = "removals" }, Begun, "olle", "x"),
    ];

    public static RunRecord Held { get; } = New(RunState.Held) with
    {
        StateReason = $"Feed apple: {Plan.Holds[0].Message} And more. Look at the plan; approve {Hash} if it is right.",
        Counts = new RosterCounts(3, 1240, 96, 0, 51, 5012),
        Exclusions = new Dictionary<string, int> { ["person.protected"] = 2, ["placement.dates"] = 17 },
        Findings = [new Finding("name.missing", 4, [])],
        Stages = [.. new[] { "start", "extract", "transform", "export" }.Select(name => new StageTime(name, Begun, Begun.AddMinutes(2)))],
        Feeds =
        [
            new FeedRun("apple", "appleSchoolManager")
            {
                State = ReceiptState.Held,
                Holds = Plan.Holds,
                Plan = new PlanSummary(Hash, 3, 12, 20, 20, 0),
                Notices = [new Notice(NoticeCode.TextDamaged, "7 students have texts that were read in a wrong encoding. They are delivered as they are: have the source mended.")],
            },
            new FeedRun("learn", "blackboard") { State = ReceiptState.Processed, Approval = new Approval(Hash, Begun) { By = "operator", IsRefusal = true } },
        ],
    };

    public static RunRecord Failed { get; } = New(RunState.Failed) with { StateReason = "The stage extract failed too often. The source answered 503.", Poison = "extract" };

    public static TenantStatus Status(RunRecord run) => new(
        "nordhamn", "Nordhamns kommun", true, "Europe/Stockholm", null, run,
        [new FreshnessStatus("apple", Begun.AddDays(-3), 72, 26, FreshnessState.Stale), new FreshnessStatus("learn", Begun, 0.4, 26, FreshnessState.Fresh)]);

    /// <summary>One alarm at least of every kind.</summary>
    public static IReadOnlyList<Alarm> Alarms { get; } =
    [
        .. Alarm.AllOf(Held with
        {
            Findings = [new Finding("name.namesProtected", 2, []), new Finding("id.namesProtected", 1, []), new Finding("person.namesProtected", 3, []), new Finding("memory.lost", 1, []),
                new Finding("value.sharedByMany", 7, [])],
            PullNotes = [new PullNote(PullNote.Unstable, "persons", Unstable)],
            Notices = [new Notice(NoticeCode.SealsLost, SealsLost)],
            Feeds = [Held.Feeds[0] with { Notices = [new Notice(NoticeCode.ManyProtected, ManyProtected), new Notice(NoticeCode.TargetChanged, TargetChanged)] }],
        }),
        .. Alarm.AllOf(Failed),
        .. Alarm.AllOf(Failed with { Poison = null, StateReason = "The source handed out nobody at all, so nothing is handed on. Ask the customer what became of its schools." }),
        Alarm.Of(Status(Held).Feeds[0])!,
        Alarm.OfFile("$.feeds[0].name: must be 1 to 40 of a-z, 0-9 and hyphen")!,
    ];

    private const string Unstable = "The pages of persons do not fit together: also when pulled again, some rows stand on two pages, so others may stand on none. "
        + "Nobody who is missing there is removed tonight. Report it to the source's support.";

    private const string ManyProtected = "20 of 40 students of all schools have become protected at once (limit 10 %): they leave the target all the same. "
        + "Ask the register whether that is so.";

    private const string SealsLost = "The sealed chain is not the one that run 20260831T190000Z-0a1b saw: it had 40 entries then and has 3 now, so what was sealed cannot be proven any more. "
        + "Find out who changed seal.jsonl in the container of the state, and keep what is left of it: verify says what it does not prove.";

    private const string TargetChanged = "Up to run 20260831T190000Z-0a1b the feed went to sftp://old.example/in, now it goes to sftp://new.example/in, and what that has is not known. "
        + "Nothing is sent there before somebody approves the plan.";

    private static RunRecord New(RunState state) => new()
    {
        Tenant = "nordhamn",
        Run = "20260901T190000Z-0a1b",
        Trigger = RunTrigger.Nightly,
        Date = new DateOnly(2026, 9, 1),
        State = state,
        Started = Begun,
        Finished = Begun.AddMinutes(9),
        Configuration = Hash,
        Feeds = [],
    };
}
