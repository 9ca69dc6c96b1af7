using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.LocalHost.Commands;

/// <summary>Runs as people read them, with what schools are called where the record has their ids. They are shown and never stored.</summary>
internal static class NamedRuns
{
    public static async Task<RunRecord> NamedAsync(this CommandServices services, RunRecord run, CancellationToken ct)
    {
        var schools = await services.Get<RunSchools>().OfAsync(run, ct);
        return run with
        {
            StateReason = run.StateReason is { } reason ? Named(schools, reason) : null,
            Feeds = [.. run.Feeds.Select(feed => feed with
            {
                Holds = [.. feed.Holds.Select(hold => hold with { School = schools[hold.School] ?? hold.School })],
                Notices = feed.Notices is null ? null : [.. feed.Notices.Select(notice => notice with { Message = Named(schools, notice.Message) })],
            })],
        };
    }

    public static async Task<IReadOnlyList<RunRecord>> NamedAsync(this CommandServices services, IEnumerable<RunRecord> runs, CancellationToken ct)
    {
        var named = new List<RunRecord>();
        foreach (var run in runs)
        {
            named.Add(await services.NamedAsync(run, ct));
        }

        return named;
    }

    public static string Named(NamedSchools schools, string text) => schools.In(text, english => english);
}
