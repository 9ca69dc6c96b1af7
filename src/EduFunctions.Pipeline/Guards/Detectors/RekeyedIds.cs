namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>Who goes and comes again under a new id. Over the limit neither the old nor the new one moves until they are released.</summary>
internal sealed class RekeyedIds : IDetector
{
    private readonly RowKind[] _kinds;
    private readonly Func<GuardedNight, GuardedRows> _rowsOf;
    private readonly Func<GuardedNight, List<(int Removed, int Added)>> _pairsOf;

    private RekeyedIds(RowKind[] kinds, Func<GuardedNight, GuardedRows> rowsOf, Func<GuardedNight, List<(int Removed, int Added)>> pairsOf) =>
        (_kinds, _rowsOf, _pairsOf) = (kinds, rowsOf, pairsOf);

    /// <summary>Who is still there in a lower kind has no new id.</summary>
    public static RekeyedIds OfPersons { get; } = new(
        [RowKind.Students, RowKind.Staff, RowKind.Guardians],
        night => night.Persons,
        night => new RekeyDetector(night.Difference).Persons(
            rank => !night.Persons.IsSettled[rank] && !night.Difference.Now.HasPerson(night.Difference.Persons.Now(rank))));

    public static RekeyedIds OfSections { get; } = new(
        [RowKind.Sections],
        night => night.Sections,
        night => new RekeyDetector(night.Difference).Sections(rank => !night.Sections.IsSettled[rank]));

    public void Judge(GuardedNight night)
    {
        var (rows, pairs) = (_rowsOf(night), _pairsOf(night));
        var tally = Count(night, rows, pairs);
        foreach (var kind in _kinds)
        {
            night.Verdict.Holds.AddRange(tally.Settle(kind, night.SchoolId));
        }

        foreach (var (removed, added) in pairs.Where(pair => tally.IsHeld(rows[pair.Removed].Kind, rows[pair.Removed].School)))
        {
            night.Verdict.Pairs.Add(new IdPair(rows[removed].Kind, rows.Id(removed).ToString(), rows.Id(added).ToString()));
            rows.IsPaired[removed] = rows.IsSettled[removed] = true;
            (rows.Fates[removed], rows.Fates[added]) = night.IsReleased ? (Fate.AsNow, Fate.AsNow) : (Fate.AsBefore, Fate.NotYet);
        }
    }

    /// <summary>The pairs are a part of all that go.</summary>
    private static Tally Count(GuardedNight night, GuardedRows rows, List<(int Removed, int Added)> pairs)
    {
        var tally = new Tally(Limit.Rekeyed(night.Settings), night.Difference.Counts.Schools);
        foreach (var rank in rows.Moving)
        {
            tally.CountOf(rows[rank].Kind, rows[rank].School, rows[rank].Change == Change.Removed ? 1 : 0);
        }

        foreach (var (removed, _) in pairs)
        {
            tally.Count(rows[removed].Kind, rows[removed].School);
        }

        return tally;
    }
}
