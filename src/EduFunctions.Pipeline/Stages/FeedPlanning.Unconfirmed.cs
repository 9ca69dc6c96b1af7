using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What a target may have taken since without saying so does not vanish from it unseen, either.</summary>
public sealed partial class FeedPlanning
{
    /// <summary>How many deliveries in a row that nobody confirmed are looked at.</summary>
    private const int MostTries = 10;

    /// <summary>The feed is compared with all that the target may have, where the guard would keep more of that; where it would not, with what was confirmed.</summary>
    private async Task<Baseline> WithTriedAsync(RunRecord run, Tenant tenant, ChosenFeed chosen, Baseline confirmed, EarlierRosters earlier, CancellationToken ct)
    {
        var tries = confirmed.IsLost ? null
            : await traces.FindTriesAsync(run, chosen.Setup.Name, deliveries.KeyOf(chosen.Setup), confirmed.Last?.Number ?? 0, ct);
        var all = confirmed;
        foreach (var place in tries?.Places.Take(MostTries).Reverse() ?? [])
        {
            all = await ReadAsync(run.Tenant, place, earlier, ct) is { IsLost: false } tried ? tried.With(all) : all;
        }

        return ReferenceEquals(all, confirmed) || !await KeepsMoreAsync(run, tenant, chosen, all, confirmed, earlier, ct)
            ? confirmed
            : await KeepAsync(run, chosen.Setup, all, confirmed, ct);
    }

    private async Task<bool> KeepsMoreAsync(RunRecord run, Tenant tenant, ChosenFeed chosen, Baseline all, Baseline confirmed, EarlierRosters earlier, CancellationToken ct)
    {
        var (_, more, _) = await JudgeAsync(run, tenant, chosen, all, earlier, keepsAbsences: false, shown: null, ct);
        var (_, less, _) = await JudgeAsync(run, tenant, chosen, confirmed, earlier, keepsAbsences: false, shown: null, ct);
        return Removed(more) > Removed(less);

        static int Removed(Judgement judgement) => judgement.Held.Kept().Sum(rows => rows.Removed);
    }

    /// <summary>By this an answer to the plan is judged once more.</summary>
    [Told]
    private async Task<Baseline> KeepAsync(RunRecord run, FeedSetup feed, Baseline all, Baseline confirmed, CancellationToken ct)
    {
        var place = new DeliveredRoster(
            run.Run,
            RosterPath.Effective(run.Tenant, run.Run, feed.Name, PlanPhase.Against),
            RosterPath.Selection(run.Tenant, run.Run, feed.Name, PlanPhase.Against));
        await rosters.SaveAsync(place.Roster, all.Roster, ct);
        await blobs.WriteAsync(Containers.Rosters, place.Selection, stream => SelectionFile.Write(all.Selection, all.Roster, RosterPath.OwnerOf(place.Selection), stream), ct);
        var notice = new Notice(
            NoticeCode.Unconfirmed,
            $"What run {all.Place!.Run} sent was not confirmed, and the target may have it. Too much of that would be taken out of it again, "
            + "so the plan shows the difference from all that the target may have.");
        return all with { Place = place, Last = confirmed.Last, Notices = [.. confirmed.Notices, notice] };
    }
}
