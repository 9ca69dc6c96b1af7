using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What a snapshot is read for.</summary>
/// <param name="Run">The run that decides, which for a replay is none.</param>
/// <param name="IsKept">Whether the memory is written: not by a dry run, and not by a replay.</param>
/// <param name="Refusal">Why nothing is decided on the pull, although what it says of protection counts.</param>
public sealed record Occasion(Tenant Tenant, string Run, DateOnly Date, bool IsKept, RunHeldException? Refusal)
{
    /// <summary>A pull that leaves out or repeats what it had before takes nobody back; nor does one of changes, since waits are counted in nights.</summary>
    private bool IsDisturbed { get; init; }

    /// <summary>Whether an operator has said that it is right when a pull has much less than the one before.</summary>
    public bool AcceptsShrink { get; private init; }

    public static Occasion Of(RunRecord run, Tenant tenant, SnapshotManifest manifest)
    {
        var refusal = Plausibility.Find(manifest, tenant.Source, run.AcceptShrink);
        return new Occasion(tenant, run.Run, run.Date, !run.DryRun, refusal)
        {
            IsDisturbed = refusal is not null || run.Changed || IsPartial(manifest),
            AcceptsShrink = run.AcceptShrink,
        };
    }

    /// <summary>For a pull that never became complete, or one that is only looked at.</summary>
    public static Occasion WithoutEffect(Tenant tenant, string run, DateOnly date, bool isKept) =>
        new(tenant, run, date, isKept, Refusal: null) { IsDisturbed = true };

    /// <param name="isRefused">Whether nothing is decided on what was read: then it takes nobody back, either.</param>
    internal Sight Sight(bool isRefused) => new(
        Run, Day.From(Date), !IsDisturbed && !isRefused, Tenant.Guard.UnprotectAfterRuns, Tenant.Guard.MaxUnprotected, Tenant.Guard.WindowDays);

    private static bool IsPartial(SnapshotManifest manifest) => manifest.Notes.Any(note =>
        note.Code == PullNote.Reused || (note.Code == PullNote.Skipped && manifest.Previous?.Rows.ContainsKey(note.Collection) == true));
}
