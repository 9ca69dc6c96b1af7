using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>
/// A target that rests loses nobody, or gets nobody: no limit counts them, nothing exempts them, and no approval lets them through. Who goes and comes again
/// under a new id would be there twice, or not at all, so neither is done.
/// </summary>
internal sealed class RestingTarget : IDetector
{
    private static readonly RowKind[] Kinds = [RowKind.Students, RowKind.Staff, RowKind.Guardians, RowKind.Sections];

    public void Judge(GuardedNight night)
    {
        if (!night.Settings.KeepsAll && !night.Settings.TakesNone)
        {
            return;
        }

        var rekeyed = new RekeyDetector(night.Difference);
        Settle(night, night.Persons, rekeyed.Persons(rank => IsOpen(night, night.Persons, rank) && !night.Difference.Now.HasPerson(night.Difference.Persons.Now(rank))));
        Settle(night, night.Sections, rekeyed.Sections(rank => IsOpen(night, night.Sections, rank)));
        KeepLeft(night);
        KeepTaught(night);
    }

    /// <summary>
    /// Where nobody comes, a class that is gone stays while somebody of it who is there is to have another: nobody is without the one before the other is there.
    /// </summary>
    private static void KeepLeft(GuardedNight night)
    {
        var (movers, sections) = (night.Settings.TakesNone ? night.Members.FindMovers() : [], night.Sections);
        var left = Enumerable.Range(0, movers.Count == 0 ? 0 : night.Difference.RemovedMembers.Count).Select(night.Members.RanksOfLeaving)
            .Where(row => sections[row.Section].Change == Change.Removed && !sections.IsSettled[row.Section] && movers.Contains(row.Person) && !night.Persons.MustGo[row.Person])
            .Select(row => row.Section).ToHashSet();
        Tell(night, new Hold(HoldCode.Removals, RowKind.Sections, null, left.Count, night.Difference.Counts.Total(RowKind.Sections).Before, 0));
        foreach (var rank in left)
        {
            (sections.IsSettled[rank], sections.Fates[rank]) = (true, Fate.AsBefore);
        }
    }

    private static void Tell(GuardedNight night, Hold figures) =>
        night.Verdict.Notices.AddRange(figures.Count == 0 ? [] : [new Notice(NoticeCode.TargetRests, Sentence(figures))]);

    /// <summary>Whose teacher would be somebody who is not there yet, stays with the one it has.</summary>
    private static void KeepTaught(GuardedNight night)
    {
        var (difference, sections) = (night.Difference, night.Sections);
        foreach (var rank in night.Settings.TakesNone ? sections.Moving.Where(rank => sections[rank].Change == Change.Changed && !sections.IsSettled[rank]) : [])
        {
            if (difference.Now.Teachers(difference.Sections.Now(rank)).ToArray().Any(row => night.Persons.Fates[difference.Persons.RankNow[row.Person]] == Fate.NotYet))
            {
                (sections.IsSettled[rank], sections.Fates[rank]) = (true, Fate.AsBefore);
            }
        }
    }

    [Told]
    internal static string Sentence(Hold resting) => resting.Code == HoldCode.Additions
        ? $"{resting.Figures} would be added, but the target rests (freeze): they wait."
        : $"{resting.Figures} would be removed, but the target rests (freeze): they stay.";

    private static void Settle(GuardedNight night, GuardedRows rows, List<(int Removed, int Added)> pairs)
    {
        var resting = rows.Moving.Where(rank => Rests(night.Settings, rows[rank].Change) && IsOpen(night, rows, rank)).ToList();
        foreach (var (kind, code) in Kinds.SelectMany(kind => new[] { (kind, HoldCode.Removals), (kind, HoldCode.Additions) }))
        {
            var count = resting.Count(rank => rows[rank].Kind == kind && rows[rank].Change == Change.Added == (code == HoldCode.Additions));
            var figures = new Hold(code, kind, null, count, night.Difference.Counts.Total(kind).Before, 0);
            Tell(night, figures);
        }

        foreach (var rank in resting.Concat(pairs.SelectMany(pair => new[] { pair.Removed, pair.Added })))
        {
            rows.IsSettled[rank] = true;
            rows.Fates[rank] = rows[rank].Change == Change.Added ? Fate.NotYet : Fate.AsBefore;
        }
    }

    private static bool Rests(GuardSettings settings, Change change) =>
        (settings.KeepsAll && change == Change.Removed) || (settings.TakesNone && change == Change.Added);

    /// <summary>Guardians of protected students alone go with them.</summary>
    private static bool IsOpen(GuardedNight night, GuardedRows rows, int rank) => !rows.IsSettled[rank]
        && !(rows == night.Persons && rows[rank] is { Change: Change.Removed, Kind: RowKind.Guardians } && night.StudentsOf(rank) is (_, false, true));
}
