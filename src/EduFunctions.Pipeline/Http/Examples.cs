using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Listing;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Searching;
using EduFunctions.Pipeline.Systems.Unilogin.Logins;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http;

/// <summary>One of each, for readers of the document; everybody in it is invented.</summary>
internal static class Examples
{
    private const string Name = "20260901T173000Z-0a1b";
    private const string Hash = "5d0c2f3b8f7a0c5b7e4d1a9c6b3f8e2d7a4c1b9e6f3d8a5c2b7e4f1d9a6c3b8e";

    private static readonly DateTimeOffset Evening = new(2026, 9, 1, 17, 30, 0, TimeSpan.Zero);

    /// <summary>By name of the place in a route.</summary>
    public static IReadOnlyDictionary<string, string> Places { get; } = new Dictionary<string, string>
    {
        ["tenant"] = "nordhamn",
        ["run"] = Name,
        ["feed"] = "apple",
        ["list"] = RunList.LeftOut,
        ["personId"] = "4e029f67-638e-514f-814b-095d3e88a048",
    };

    public static SyncBody Sync { get; } = new("a new class", Feeds: ["apple"]);

    public static ReasonBody Why { get; } = new("the school has confirmed it");

    public static FindBody Find { get; } = new("Vilda Exempel", "a call from the school");

    public static FoundPeople Found { get; } = new(Name, DateOnly.FromDateTime(Evening.Date), [new(Places["personId"], "Vilda Exempel", ["Bergets skola"])], HasMore: false)
    {
        SearchedSince = DateOnly.FromDateTime(Evening.Date),
    };

    public static Act Done { get; } = new()
    {
        Tenant = Places["tenant"],
        Kind = ActKind.Approve,
        At = Evening.AddHours(14),
        By = "olle@nordhamn.example",
        Reason = Why.Reason,
        Run = Name,
        What = [Hash],
    };

    public static ApproveBody Approval { get; } = new(Hash, Reason: Why.Reason);

    public static RefuseBody Refusal { get; } = new(Hash, Why.Reason);

    public static ApprovalList Approvals { get; } = new([new("nordhamn", Name, Hash), new("solberga", Name)]);

    public static ListedAnswers Approved { get; } = new([new("nordhamn", Name, null, null), new("solberga", Name, $"Run {Name} holds no plan. Look at its state for what to do.", null)]);

    public static BegunNights Nights { get; } = new([new("nordhamn", Name, null)]);

    public static LoginQuestion Question { get; } = new(GroupSizes: true);

    public static LoginAnswer Login { get; } = new() { Tenant = "nordby", Person = new LoginPerson("anna0001", "Anna Prøve") };

    public static BegunRun Begun { get; } = new(Name);

    public static HealthReport Health { get; } = new(
        "ready", Product.Version, [new("storage", null), new("queues", null), new("planner", null), new("loops", null)], [new("extract", Evening)]);

    public static RunRecord Run { get; } = new()
    {
        Tenant = Places["tenant"],
        Run = Name,
        Trigger = RunTrigger.Nightly,
        Date = new DateOnly(2026, 9, 1),
        State = RunState.Delivered,
        Started = Evening,
        Finished = Evening.AddMinutes(4),
        Configuration = Hash,
        Stages = [new("extract", Evening, Evening.AddMinutes(3)), new("transform", Evening.AddMinutes(3), Evening.AddMinutes(4))],
        Counts = new RosterCounts(3, 412, 57, 0, 96, 2310),
        Exclusions = new Dictionary<string, int> { ["person.protected"] = 3 },
        Feeds = [new FeedRun(Places["feed"], "appleSchoolManager") { State = ReceiptState.Sent, Plan = new PlanSummary(Hash, 12, 3, 1, 0, 0) }],
    };

    public static TenantStatus Tenant { get; } = new(
        Places["tenant"], "Nordhamns kommun", true, "Europe/Stockholm", null, Run, [new(Places["feed"], Evening, 9.5, 30, FreshnessState.Fresh)]);

    public static PoisonMessage Poison { get; } = new(
        $"{Name}-extract", Places["tenant"], Name, "extract", Evening, "The stage extract failed too often. Storage answered 503 ServerBusy.", true);

    public static Explanation Person { get; } = new()
    {
        Tenant = Places["tenant"],
        Run = Name,
        Date = new DateOnly(2026, 9, 1),
        Person = Places["personId"],
        Roles =
        [
            new(Roles.Student, false, [new("placement.dates", "6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41",
                new Dictionary<string, object> { ["startDate"] = "2026-12-20" }, new DateOnly(2026, 12, 7), null)]),
        ],
        Sections = [],
        Feeds = new Dictionary<string, FeedExplanation> { ["apple"] = new(false) { Reasons = [new(FeedReasons.NotHandedOn)], State = ReceiptState.Sent } },
    };

    public static RunList List { get; } = new(
        Places["tenant"], Name, RunList.LeftOut, [new("placement.dates", "student", Places["personId"], null, "6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41", "Bergets skola")]);

    public static FreezeBody Freeze { get; } = new(Places["feed"], "2027-01-10", "removals", "The target changes its school year.");

    public static ThawBody Thaw { get; } = new(Places["feed"], "The target is ready.");

    public static RestingFeed Resting { get; } = new(Places["feed"], new FeedFreeze { Until = "2027-01-10", What = "removals" }, Evening, "olle", Freeze.Reason);

    public static PersonHistory History { get; } = new(
        Places["tenant"], Places["personId"], new DateOnly(2026, 8, 3),
        [Person with { ChangedSince = new ChangesSince("20260831T173000Z-9f8e", new DateOnly(2026, 8, 31), ["placement.dates: startDate went from 2026-08-20 to 2026-12-20"]) }]);
}
