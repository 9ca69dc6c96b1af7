using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What rests at a target and is to be deleted for good tonight is in the plan before anything of it is done, and what is not in it is not done.</summary>
public sealed partial class FeedPlanning
{
    /// <param name="shown">The plan as it was shown: it is answered, whatever the target has got since.</param>
    private async Task<(IReadOnlyList<PlannedDeletions> Deletions, IReadOnlyList<Notice> Notices)> DueAsync(
        RunRecord run, ChosenFeed chosen, Baseline baseline, DeliveryPlan? shown, ProtectedValues values, CancellationToken ct)
    {
        if (shown is not null || feeds[chosen.Setup.Type] is not IFeedWithMemory { AsksWhoWaits: true } feed)
        {
            return (shown?.Deletions ?? [], []);
        }

        var due = Deletions.Of(await ReadDueAsync(run, chosen, feed, values, ct));
        var changed = ChangedTerms(baseline.Selection, chosen.Selection);
        return due.Count > 0 && chosen.Setup.Freezes.Any(freeze => freeze.HoldsRemovals(run.Date)) ? ([], [.. changed, Resting(due)]) : (due, [.. changed]);
    }

    /// <summary>Where it cannot be read what the target has, nothing is sent either, and the export says why.</summary>
    private async Task<IReadOnlyList<DueRows>> ReadDueAsync(RunRecord run, ChosenFeed chosen, IFeedWithMemory feed, ProtectedValues values, CancellationToken ct)
    {
        try
        {
            using var before = await files.ReadAsync(feed, run.Tenant, chosen.Setup.Name, deliveries.KeyOf(chosen.Setup), _ => true, ct);
            var due = feed.Due(new FeedInput(chosen.Roster, chosen.Selection, chosen.Setup.Settings, before, run.Date) { Tenant = run.Tenant });
            var telling = new TellingRows(values);
            return [.. due.Select(rows => rows with { Rows = [.. rows.Rows.Where(row => !GoesByKey(row, chosen.Roster, telling))] })];
        }
        catch (Exception e) when (e is RunHeldException or UnreadableBlobException)
        {
            return [];
        }
    }

    /// <summary>Whether it is of somebody protected, or would be recognised so: that goes whatever is held, and is named nowhere.</summary>
    private static bool GoesByKey(DueRow row, Roster roster, TellingRows telling) =>
        (EntityId.TryFind(row.Id, out var id) && (roster.Protected.Rows.BinarySearch(id) >= 0 || roster.KeysOnly.Rows.BinarySearch(id) >= 0))
        || row.Texts.Append(row.Id).Any(text => telling.Is(Encoding.UTF8.GetBytes(text)));

    [Told]
    private static IEnumerable<Notice> ChangedTerms(FeedSelection before, FeedSelection now) =>
        from term in now.Terms
        where before.Terms.TryGetValue(term.Key, out var then) && then != term.Value
        orderby term.Key
        select new Notice(NoticeCode.TermChanged, Sentence(term.Key, term.Value, before.Terms[term.Key]));

    [Told]
    private static string Sentence(string setting, int now, int then) =>
        $"settings.{setting} is {now} now and was {then} at the last delivery: who has left is deleted for good after so many days, and who has rested for longer tonight.";

    [Told]
    private static Notice Resting(IReadOnlyList<PlannedDeletions> due) => new(
        NoticeCode.DeletionsRest, $"{due.Sum(rows => rows.Ids.Count)} users and groups are due to be deleted for good, but the target rests (freeze): they rest on there.");
}
