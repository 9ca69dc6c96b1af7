using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What a target may have taken since without saying so does not vanish from it unseen, either.</summary>
public sealed partial class FeedPlanning
{
    /// <summary>
    /// Where the guard would keep more if all had arrived that was sent since, nothing is sent: nobody knows whether it is there, and it is neither to vanish
    /// nor to come.
    /// </summary>
    private async Task<Baseline> WithTriedAsync(RunRecord run, Tenant tenant, ChosenFeed chosen, Baseline confirmed, EarlierRosters earlier, CancellationToken ct)
    {
        var tries = confirmed.IsLost || confirmed.Last is not { } last ? null
            : await traces.FindTriesAsync(run, chosen.Setup.Name, deliveries.KeyOf(chosen.Setup), last.Number, ct);
        var all = confirmed;
        foreach (var place in tries?.InOrder ?? [])
        {
            all = await ReadAsync(run.Tenant, place, earlier, ct) is { IsLost: false } tried ? tried.With(all) : all;
        }

        if (ReferenceEquals(all, confirmed))
        {
            return confirmed;
        }

        var more = await RemovedAsync(all) - await RemovedAsync(confirmed);
        return more <= 0 ? confirmed : confirmed with { Unconfirmed = new Hold(HoldCode.Unconfirmed, null, null, more, all.Roster.Persons.Count + all.Roster.Sections.Count, 0) };

        async Task<int> RemovedAsync(Baseline before)
        {
            var (_, judgement, _) = await JudgeAsync(run, tenant, chosen, before, earlier, keepsAbsences: false, shown: null, ct);
            return judgement.Held.Kept().Sum(rows => rows.Removed);
        }
    }
}
