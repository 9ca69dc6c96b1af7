using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>A habit of the API, and what has to become of a pull that meets it.</summary>
/// <param name="Mention">What the operator is told when the run is held.</param>
internal sealed record EduCloudHabit(string Name, RunState State, string Mention, Action<EduCloudHabits> Apply)
{
    public int PageSize { get; init; } = 100;

    public static IReadOnlyList<EduCloudHabit> All { get; } =
    [
        Passing("429 with Retry-After", new Fault.Status(429, RetryAfter: TimeSpan.FromSeconds(1))),
        Passing("429 without Retry-After", new Fault.Status(429)),
        Passing("503 with Retry-After", new Fault.Status(503, RetryAfter: TimeSpan.FromSeconds(1))),
        Passing("503 without Retry-After", new Fault.Status(503)),
        Passing("500", new Fault.Status(500)),
        Passing("connection cut in mid-body", new Fault.CutMidBody()),
        Passing("wrong encoding and no JSON", new Fault.Garbage()),
        Passing("truncated JSON", new Fault.TruncatedJson()),
        Passing("source_unavailable with 503", new Fault.SourceUnavailable()),
        Passing("source_unavailable with 200", new Fault.SourceUnavailable(200)),
        Passing("source_unavailable with 400", new Fault.SourceUnavailable(400)),
        Passing("401 in mid-collection", new Fault.Unauthorized()),
        Passing("page token expired (410)", new Fault.Gone()),
        Passing("a slow answer", new Fault.Delay(TimeSpan.FromSeconds(2))),

        Lasting("503 without end", new Fault.Status(503), "503"),
        Lasting("source_unavailable without end", new Fault.SourceUnavailable(200), "source_unavailable"),
        Lasting("cut in mid-body without end", new Fault.CutMidBody(), "6 tries"),
        Lasting("truncated JSON without end", new Fault.TruncatedJson(), "no complete JSON"),
        Lasting("401 without end", new Fault.Unauthorized(), "401"),
        Lasting("403", new Fault.Status(403), "grant the scope"),
        Lasting("400", new Fault.Status(400), "400"),
        Lasting("404", new Fault.Status(404), "404"),
        Lasting("expired page tokens without end", new Fault.Gone(), "410"),
        Lasting("a token that repeats", new Fault.RepeatToken(), "circles"),

        Always("last page without pageToken", habits => habits.OmitLastPageToken = true),
        Always("last page with an empty pageToken", habits => habits.EmptyLastPageToken = true),
        Always("no compression", habits => habits.Gzip = false),
        Always("tolerant paging", habits => habits.StrictPaging = false),
        Always("very small pages", _ => { }) with { PageSize = 7 },
        Always("one page", _ => { }) with { PageSize = 10_000 },
        Always("an empty page with a token", habits => habits.Fault = page => IsHit(page) ? new Fault.EmptyPageWithToken() : null),
        Always("no look-up for this key pair", habits => habits.Fault = page => IsLookUp(page) ? new Fault.Status(403) : null),
        Always("look-ups of many ids too large (503)", habits => habits.MostLookedUp = 3),
        new("look-up of a single id fails", RunState.Held, "persons/lookup", habits => habits.Fault = page => IsLookUp(page) ? new Fault.Status(503) : null),
        new("token endpoint refuses", RunState.Held, "refused client", habits => habits.Fault = page =>
            page.Collection == "token" ? new Fault.Status(400) : null),
        new("token endpoint down without end", RunState.Held, "token endpoint", habits => habits.Fault = page =>
            page.Collection == "token" ? new Fault.Status(500) : null),
        Always("token endpoint down for a moment", habits => habits.Fault = page =>
            page is { Collection: "token", Attempt: 1 } ? new Fault.Status(500) : null),
    ];

    /// <summary>Once, on the second of the largest collection's pages.</summary>
    private static EduCloudHabit Passing(string name, Fault fault) =>
        new(name, RunState.DryRun, "", habits => habits.Fault = page => IsHit(page) && page.Attempt == 1 ? fault : null);

    private static EduCloudHabit Lasting(string name, Fault fault, string mention) =>
        new(name, RunState.Held, mention, habits => habits.Fault = page => IsHit(page) ? fault : null);

    private static EduCloudHabit Always(string name, Action<EduCloudHabits> apply) => new(name, RunState.DryRun, "", apply);

    private static bool IsHit(PageRequest page) => page is { Collection: "persons", Page: 1 };

    private static bool IsLookUp(PageRequest page) => page.Collection == "persons/lookup";
}
