using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// What a feed was given cannot be read: it is made anew from the snapshot of its run before anything is held. What the guard had changed of it follows
/// from the plan of that run, and is what was delivered only if the plan comes out the same.
/// </summary>
public sealed partial class FeedPlanning
{
    [Told]
    private const string Unknown = "Nothing that is left says who is in the target, so who is protected may be in it: ask the receiver, or approve the plan.";

    /// <summary>Makes what a feed was given anew, where it cannot be read.</summary>
    /// <returns>Whether it can be read now.</returns>
    public async Task<bool> RebuildAsync(string tenant, DeliveredRoster place, CancellationToken ct)
    {
        if (await delivered.ReadAsync(place, new EarlierRosters(rosters), ct) is { IsLost: false })
        {
            return true;
        }

        if (await runs.FindAsync(tenant, place.Run, ct) is not { } run || !await rebuilding.RebuildAsync(run, ct))
        {
            return false;
        }

        try
        {
            var rules = await rebuilding.RulesOfAsync(run, ct);
            return rules.Feeds.FirstOrDefault(each => each.Name == place.FeedName) is { } setup && await RebuildAsync(run, rules, setup, place, ct);
        }
        catch (RunHeldException)
        {
            return false;
        }
    }

    private async Task<bool> RebuildAsync(RunRecord run, Tenant rules, FeedSetup feed, DeliveredRoster place, CancellationToken ct)
    {
        // Judged once more against what the run was compared with, it also knows again what moved in the nights before.
        var phase = place.Selection == RosterPath.Selection(run.Tenant, run.Run, feed.Name, PlanPhase.Approved) ? PlanPhase.Approved : PlanPhase.Planned;
        if (await plans.TryFindAsync(run.Tenant, run.Run, feed.Name, ct) is { } plan && await MakeAgainAsync(run, rules, feed, plan, phase, ct) is not null)
        {
            return true;
        }

        if (place.Roster != PathOf(run, feed))
        {
            return false;
        }

        var movements = await delivered.FindMovementsAsync(place, ct);
        var chosen = await ChooseAgainAsync(run, feed, ct);
        var selection = chosen.Selection with { Movements = movements };
        await blobs.WriteAsync(Containers.Rosters, place.Selection, stream => SelectionFile.Write(selection, chosen.Roster, RosterPath.OwnerOf(place.Selection), stream), ct);
        return true;
    }

    private async Task<Baseline> FindBaselineAsync(RunRecord run, FeedSetup feed, EarlierRosters earlier, CancellationToken ct)
    {
        var found = await RebuiltAsync(run.Tenant, await baselines.FindAsync(run, feed, earlier, ct), earlier, ct);
        return found.IsLost ? await SurmiseAsync(run, feed, found with { Notices = [.. found.Notices, .. Blobs(run, feed, found)] }, earlier, ct) : found;
    }

    /// <summary>What would say what was delivered last. A feed that goes elsewhere now has been told already.</summary>
    [Told]
    private static IEnumerable<Notice> Blobs(RunRecord run, FeedSetup feed, Baseline lost)
    {
        if (NameOf(run, feed, lost) is { } blobs)
        {
            yield return new Notice(
                NoticeCode.BaselineBlobs,
                $"The blob {blobs} is gone or damaged. Put it back from a backup, or look at \"rebaseline --tenant {run.Tenant} --feed {feed.Name} --dry-run\"; "
                + "without --dry-run it makes known again what the receipts tell.");
        }
    }

    private static string? NameOf(RunRecord run, FeedSetup feed, Baseline lost) =>
        lost.Lost is { } place ? $"{Containers.Rosters}/{place.Roster} (or {place.Selection})"
        : lost.Last is null && lost.Notices.Count == 0 ? $"{Containers.State}/{ReceiptStore.LastName(run.Tenant, feed.Name)}"
        : null;

    /// <summary>What was delivered last stays lost, and nothing is sent; but who looks at the plan sees how tonight differs from the newest delivery that can be read.</summary>
    [Told]
    private async Task<Baseline> SurmiseAsync(RunRecord run, FeedSetup feed, Baseline lost, EarlierRosters earlier, CancellationToken ct)
    {
        foreach (var place in await baselines.EarlierAsync(run, feed, ct))
        {
            if (await ReadAsync(run.Tenant, place, earlier, ct) is { IsLost: false } known)
            {
                var notice = new Notice(NoticeCode.BaselineSurmised, $"The plan shows the difference from what run {place.Run} delivered, the newest of which anything is left.");
                return known with { IsLost = true, Notices = [.. lost.Notices, notice] };
            }
        }

        // Of another target nobody expects to know.
        return lost.Notices.Any(notice => notice.Code is NoticeCode.TargetChanged or NoticeCode.TargetOfAnother)
            ? lost
            : lost with { Notices = [.. lost.Notices, new Notice(NoticeCode.BaselineSurmised, Unknown)] };
    }

    private async Task<Baseline> ReadAsync(string tenant, DeliveredRoster? place, EarlierRosters earlier, CancellationToken ct) =>
        await RebuiltAsync(tenant, await delivered.ReadAsync(place, earlier, ct), earlier, ct);

    private async Task<Baseline> RebuiltAsync(string tenant, Baseline found, EarlierRosters earlier, CancellationToken ct) =>
        found.Lost is { } place && await RebuildAsync(tenant, place, ct)
            ? (await delivered.ReadAsync(place, earlier, ct)) with { Last = found.Last, Notices = found.Notices }
            : found;

    /// <summary>The run's roster for the feed, made anew where it cannot be read.</summary>
    [Told]
    private async Task<Roster> RosterOfAsync(RunRecord run, FeedSetup feed, CancellationToken ct) =>
        await rosters.TryFindAsync(PathOf(run, feed), ct)
        ?? (await rebuilding.RebuildAsync(run, ct) ? await rosters.TryFindAsync(PathOf(run, feed), ct) : null)
        ?? throw new RunHeldException(feed.IsPartial
            ? $"Run {run.Run} has no roster for feed {feed.Name}. Check its schools and rolesBySchool against the register, and repeat the run.{await UnclearAsync(run, feed, ct)}"
            : $"The roster of run {run.Run} is gone or cannot be read, and its snapshot does not bring it back. Repeat the run.");

    /// <summary>Which of the schools that the feed names are no one school of the run's roster.</summary>
    [Told]
    private async Task<string> UnclearAsync(RunRecord run, FeedSetup feed, CancellationToken ct)
    {
        if (await rosters.TryFindAsync(RosterPath.Roster(run.Tenant, run.Run), ct) is not { } roster)
        {
            return "";
        }

        var names = roster.Units.Rows.ToArray().SelectMany(unit => new[] { unit.Id.ToString(), roster.Texts.ToString(unit.SchoolUnitCode) }).ToLookup(name => name, StringComparer.OrdinalIgnoreCase);
        string[] unclear = [.. (feed.Schools ?? []).Concat(feed.RolesBySchool?.Keys ?? []).Distinct().Where(school => names[school].Count() != 1)];
        return unclear.Length == 0 ? "" : $" In its roster there is no school, or more than one, of each id or code of these: {string.Join(", ", unclear)}.";
    }
}
