using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Pages;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Systems.Ss12000;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>
/// What the product does for the protected in a night like the one before: the pull judged by the memory, the memory to come, what they would be recognised by,
/// names kept back, and the scan of what leaves.
/// </summary>
internal sealed class Protecting(PageFolder pages, Tenant tenant, Catalog<IFeed> feeds, Steps steps)
{
    private const ulong Key = 17;

    /// <summary>Leaves the memory of the night before.</summary>
    public async Task PrepareAsync(SourceData data, CancellationToken ct)
    {
        var recollection = Recall(data, new ProtectionMemory(Key, ""));
        recollection.NoteLooked();
        await UnmarkedCopies.ReadAsync(pages.Open(), data, ct);
        await File.WriteAllBytesAsync(pages.PreviousMemory, MemoryFile.Write(recollection.Remember()), ct);
    }

    public async Task<Recollection> RecallAsync(SourceData data, CancellationToken ct)
    {
        var memory = await MemoryFile.ReadAsync(await File.ReadAllBytesAsync(pages.PreviousMemory, ct), ct);
        return steps.Measure("recall", () => Recall(data, memory));
    }

    public async Task<ProtectedValues> RememberAsync(SourceData data, Recollection recollection, CancellationToken ct)
    {
        await UnmarkedCopies.ReadAsync(pages.Open(), data, ct);
        var memory = steps.Measure("remember", recollection.Remember);
        return steps.Measure("values", () => ProtectedValuesBuilder.Of(memory, data, Words()));
    }

    public (Roster Run, IReadOnlyList<ChosenFeed> Chosen, FindingLog Findings) KeepBack(Roster roster, IReadOnlyList<ChosenFeed> chosen, ProtectedValues values) =>
        steps.Measure("keep back", () => KeepingBack.From(roster, chosen, values, NeutralWords.Of(tenant)));

    public void Scan(FeedFiles files, ProtectedValues values, FeedSetup setup)
    {
        var leaks = steps.Measure($"scan {setup.Name}", () => LeakScan.Errors(files, values, feeds[setup.Type], setup.Settings));
        if (leaks.Count > 0)
        {
            throw new InvalidOperationException($"{setup.Name}: {leaks.Count} leaks, first {leaks[0]}.");
        }
    }

    private static Recollection Recall(SourceData data, ProtectionMemory memory)
    {
        var guard = new Pipeline.Guards.GuardSettings();
        var sight = new Sight(PageFolder.Run, Day.From(PageFolder.Today), IsUndisturbed: true, guard.UnprotectAfterRuns, guard.MaxUnprotected, guard.WindowDays);
        var recollection = Recollection.Of(data, memory, sight);
        recollection.Apply();
        return recollection;
    }

    /// <summary>As <see cref="FeedChoosing"/> has them.</summary>
    private IEnumerable<string> Words()
    {
        var words = NeutralWords.Of(tenant);
        return tenant.Feeds.SelectMany(feed => feeds[feed.Type].OwnWords(feed.Settings)).Concat([tenant.Id, words.School, words.Class, words.Group, words.Course]).Distinct();
    }
}
