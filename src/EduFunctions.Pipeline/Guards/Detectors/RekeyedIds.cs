using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>
/// Who goes and comes again under a new id. Over the limit neither the old nor the new one moves until they are released. Where the new one may be a row that
/// was not understood, the old one stays, below the limit too: it would go, and nothing would come. So do the few of another kind at a school of which an operator
/// is asked anyway: what is approved there is renamed as one. And so do both where the new id is the old one but for zeros at its
/// beginning, which a spreadsheet has taken.
/// </summary>
internal sealed class RekeyedIds : IDetector
{
    private readonly RowKind[] _kinds;
    private readonly Func<GuardedNight, GuardedRows> _rowsOf;
    private readonly Func<GuardedNight, Predicate<int>, List<(int Removed, int Added)>> _pairsOf;
    private readonly Func<GuardedNight, int, bool> _mayBeUnread;
    private readonly Func<RosterDifference, (int Removed, int Added), bool> _isRespelled;

    private RekeyedIds(
        RowKind[] kinds, Func<GuardedNight, GuardedRows> rowsOf, Func<GuardedNight, Predicate<int>, List<(int Removed, int Added)>> pairsOf,
        Func<GuardedNight, int, bool> mayBeUnread, Func<RosterDifference, (int Removed, int Added), bool> isRespelled) =>
        (_kinds, _rowsOf, _pairsOf, _mayBeUnread, _isRespelled) = (kinds, rowsOf, pairsOf, mayBeUnread, isRespelled);

    /// <summary>Who is still there in a lower kind has no new id, and a guardian of protected students alone goes with them.</summary>
    public static RekeyedIds OfPersons { get; } = new(
        [RowKind.Students, RowKind.Staff, RowKind.Guardians],
        night => night.Persons,
        (night, mayPair) => new RekeyDetector(night.Difference).Persons(rank => mayPair(rank) && !IsThere(night, rank)),
        (night, rank) => !IsThere(night, rank) && !(night.Persons[rank].Kind == RowKind.Guardians && night.StudentsOf(rank) is (_, false, true))
            && night.Verdict.Strangers.MayBePerson(rank),
        (difference, pair) => LeadingZeros.AreAlike(difference.PersonId(pair.Removed), difference.PersonId(pair.Added)));

    public static RekeyedIds OfSections { get; } = new(
        [RowKind.Sections],
        night => night.Sections,
        (night, mayPair) => new RekeyDetector(night.Difference).Sections(mayPair),
        (night, rank) => night.Verdict.Strangers.MayBeSection(rank),
        (difference, pair) => LeadingZeros.AreAlike(
            difference.Before.Roster.Sections[difference.Sections.Before(pair.Removed)].Group, difference.Now.Roster.Sections[difference.Sections.Now(pair.Added)].Group));

    public void Judge(GuardedNight night)
    {
        var rows = _rowsOf(night);
        var pairs = _pairsOf(night, rank => !rows.IsSettled[rank] || rows.IsUnread[rank]);
        var perhaps = Perhaps(night, rows, pairs);
        var tally = Count(night, rows, pairs, perhaps);
        foreach (var kind in _kinds)
        {
            night.Verdict.Holds.AddRange(tally.Settle(kind, night.SchoolId));
        }

        var held = pairs.Where(pair => IsHeld(tally, rows[pair.Removed])).ToList();
        var schools = held.Select(pair => rows[pair.Removed].School).ToHashSet();
        var beside = pairs.Where(pair => !IsHeld(tally, rows[pair.Removed]) && schools.Contains(rows[pair.Removed].School)).ToList();
        Add(night, rows, HoldCode.IdsChanged, [.. beside.Select(pair => pair.Removed)]);
        var respelled = pairs.Where(pair => !IsHeld(tally, rows[pair.Removed]) && !beside.Contains(pair) && _isRespelled(night.Difference, pair)).ToList();
        Add(night, rows, HoldCode.IdsChanged, [.. respelled.Select(pair => pair.Removed)]);
        foreach (var pair in held.Concat(beside).Concat(respelled).Order())
        {
            Keep(night, rows, pair);
        }

        Keep(night, rows, perhaps);
    }

    private static bool IsThere(GuardedNight night, int rank) => night.Difference.Now.HasPerson(night.Difference.Persons.Now(rank));

    private static bool IsHeld(Tally tally, RankedRow row) => tally.IsHeld(row.Kind, row.School);

    /// <summary>Ranks of those who go, and whose new row may be one that was not understood.</summary>
    private List<int> Perhaps(GuardedNight night, GuardedRows rows, List<(int Removed, int Added)> pairs)
    {
        if (night.Verdict.Strangers.HasNone)
        {
            return [];
        }

        var paired = pairs.Select(pair => pair.Removed).ToHashSet();
        return [.. rows.Moving.Where(rank => rows[rank].Change == Change.Removed && !rows.IsSettled[rank] && !paired.Contains(rank) && _mayBeUnread(night, rank))];
    }

    /// <summary>Whose old row was not understood stays, whatever is approved: so the new one waits.</summary>
    private static void Keep(GuardedNight night, GuardedRows rows, (int Removed, int Added) pair)
    {
        var (removed, added) = pair;
        if (rows.IsUnread[removed])
        {
            rows.Fates[added] = Fate.NotYet;
            return;
        }

        night.Verdict.Pairs.Add(new IdPair(rows[removed].Kind, rows.Id(removed).ToString(), rows.Id(added).ToString()));
        rows.IsPaired[removed] = rows.IsSettled[removed] = true;
        (rows.Fates[removed], rows.Fates[added]) = night.IsReleased ? (Fate.AsNow, Fate.AsNow) : (Fate.AsBefore, Fate.NotYet);
    }

    /// <summary>What is held however few they are.</summary>
    private void Add(GuardedNight night, GuardedRows rows, HoldCode code, List<int> ranks)
    {
        foreach (var kind in _kinds)
        {
            var count = ranks.Count(rank => rows[rank].Kind == kind);
            night.Verdict.Holds.AddRange(count == 0 ? [] : [new Hold(code, kind, null, count, night.Difference.Counts.Total(kind).Before, 0)]);
        }
    }

    /// <summary>They are counted among those who go all the same: whoever comes may be one of them.</summary>
    private void Keep(GuardedNight night, GuardedRows rows, List<int> perhaps)
    {
        Add(night, rows, HoldCode.IdsUnread, perhaps);
        if (night.IsReleased)
        {
            night.Verdict.Strangers.LetGo();
            return;
        }

        perhaps.ForEach(rank => rows.Fates[rank] = Fate.AsBefore);
    }

    /// <summary>The pairs are a part of all that are known to go.</summary>
    private static Tally Count(GuardedNight night, GuardedRows rows, List<(int Removed, int Added)> pairs, List<int> perhaps)
    {
        var tally = new Tally(Limit.Rekeyed(night.Settings), night.Difference.Counts.Schools);
        foreach (var rank in rows.Moving)
        {
            tally.CountOf(rows[rank].Kind, rows[rank].School, rows[rank].Change == Change.Removed && !rows.IsUnread[rank] ? 1 : 0);
        }

        foreach (var (removed, _) in pairs)
        {
            tally.Count(rows[removed].Kind, rows[removed].School);
        }

        foreach (var rank in perhaps)
        {
            tally.CountUnread(rows[rank].Kind, rows[rank].School);
        }

        return tally;
    }
}
