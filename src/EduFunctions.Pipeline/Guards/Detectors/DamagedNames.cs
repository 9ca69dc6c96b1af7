namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>Names that nobody has changed stay, however few they are: they would be sent to be mended by hand, one by one.</summary>
internal sealed class DamagedNames : IDetector
{
    private readonly Func<GuardedNight, GuardedRows> _rowsOf;
    private readonly Func<RosterDifference, int, TextDamage> _damageOf;

    private DamagedNames(Func<GuardedNight, GuardedRows> rowsOf, Func<RosterDifference, int, TextDamage> damageOf) =>
        (_rowsOf, _damageOf) = (rowsOf, damageOf);

    public static DamagedNames OfPersons { get; } = new(night => night.Persons, OfPerson);

    public static DamagedNames OfSections { get; } = new(night => night.Sections, OfSection);

    public void Judge(GuardedNight night)
    {
        var rows = _rowsOf(night);
        var counts = new SortedDictionary<(RowKind Kind, TextDamage Damage), int>();
        foreach (var rank in rows.Moving)
        {
            if (rows[rank].Change == Change.Changed && !rows.IsSettled[rank] && _damageOf(night.Difference, rank) is not TextDamage.None and var damage)
            {
                var key = (rows[rank].Kind, damage);
                counts[key] = counts.GetValueOrDefault(key) + 1;
                rows.Fates[rank] = night.IsReleased ? rows.Fates[rank] : Fate.AsBefore;
            }
        }

        night.Verdict.Holds.AddRange(counts.Select(entry => new Hold(
            entry.Key.Damage == TextDamage.Misread ? HoldCode.TextMisread : HoldCode.TextLost, entry.Key.Kind, null, entry.Value,
            night.Difference.Counts.Total(entry.Key.Kind).Before, 0)));
    }

    private static TextDamage OfPerson(RosterDifference difference, int rank)
    {
        var (before, now) = (difference.Before.Roster, difference.Now.Roster);
        var (was, becomes) = (before.Persons[difference.Persons.Before(rank)].Texts, now.Persons[difference.Persons.Now(rank)].Texts);
        return TextDamages.Of(before[was.GivenName], now[becomes.GivenName]) is not TextDamage.None and var damage
            ? damage
            : TextDamages.Of(before[was.FamilyName], now[becomes.FamilyName]);
    }

    private static TextDamage OfSection(RosterDifference difference, int rank)
    {
        var (before, now) = (difference.Before.Roster, difference.Now.Roster);
        return TextDamages.Of(
            before[before.Sections[difference.Sections.Before(rank)].Name], now[now.Sections[difference.Sections.Now(rank)].Name]);
    }
}
