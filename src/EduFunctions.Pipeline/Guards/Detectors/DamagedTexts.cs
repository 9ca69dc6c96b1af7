using System.Globalization;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>
/// Texts that nobody has written so are not sent, however few they are: they would have to be mended by hand, one by one. What comes stays away, what was there
/// stays as it was. A first delivery goes through, with a notice: there is nothing to stay.
/// </summary>
internal sealed class DamagedTexts : IDetector
{
    private static readonly PersonText[] Texts =
        [PersonText.GivenName, PersonText.MiddleName, PersonText.FamilyName, PersonText.PrincipalName, PersonText.StudentEmail, PersonText.StaffEmail];

    private readonly Func<GuardedNight, GuardedRows> _rowsOf;
    private readonly Func<RosterDifference, int, TextDamage> _damageOf;

    private DamagedTexts(Func<GuardedNight, GuardedRows> rowsOf, Func<RosterDifference, int, TextDamage> damageOf) =>
        (_rowsOf, _damageOf) = (rowsOf, damageOf);

    public static DamagedTexts OfPersons { get; } = new(night => night.Persons, OfPerson);

    public static DamagedTexts OfSections { get; } = new(night => night.Sections, OfSection);

    public void Judge(GuardedNight night)
    {
        var rows = _rowsOf(night);
        var isFirst = night.Difference.Before.Roster.Persons.Count == 0;
        var counts = new SortedDictionary<(RowKind Kind, TextDamage Damage), int>();
        foreach (var rank in rows.Moving)
        {
            if (rows[rank].Change is Change.Changed or Change.Added && !rows.IsSettled[rank] && _damageOf(night.Difference, rank) is not TextDamage.None and var damage)
            {
                var key = (rows[rank].Kind, damage);
                counts[key] = counts.GetValueOrDefault(key) + 1;
                rows.Fates[rank] = isFirst || night.IsReleased ? rows.Fates[rank] : rows[rank].Change == Change.Added ? Fate.NotYet : Fate.AsBefore;
            }
        }

        if (isFirst)
        {
            night.Verdict.Notices.AddRange(counts.Select(entry => new Notice(NoticeCode.TextDamaged, Sentence(entry.Key.Kind, entry.Value))));
            return;
        }

        night.Verdict.Holds.AddRange(counts.Select(entry => new Hold(
            entry.Key.Damage == TextDamage.Misread ? HoldCode.TextMisread : HoldCode.TextLost, entry.Key.Kind, null, entry.Value,
            night.Difference.Counts.Total(entry.Key.Kind).Before, 0)));
    }

    [Told]
    internal static string Sentence(RowKind kind, int count) => string.Create(
        CultureInfo.InvariantCulture, $"{count} {kind.ToString().ToLowerInvariant()} have texts that were read in a wrong encoding. They are delivered as they are: have the source mended.");

    private static TextDamage OfPerson(RosterDifference difference, int rank)
    {
        var (before, now) = (difference.Before.Roster, difference.Now.Roster);
        var (was, becomes) = (difference.Persons.Before(rank), difference.Persons.Now(rank));
        foreach (var text in Texts)
        {
            var value = now[now.Persons[becomes].Texts[text]];
            if ((difference.Before.HasPerson(was) ? TextDamages.Of(before[before.Persons[was].Texts[text]], value) : TextDamages.Of(value)) is not TextDamage.None and var damage)
            {
                return damage;
            }
        }

        return TextDamage.None;
    }

    private static TextDamage OfSection(RosterDifference difference, int rank)
    {
        var (before, now) = (difference.Before.Roster, difference.Now.Roster);
        var was = difference.Sections.Before(rank);
        var name = now[now.Sections[difference.Sections.Now(rank)].Name];
        return difference.Before.HasSection(was) ? TextDamages.Of(before[before.Sections[was].Name], name) : TextDamages.Of(name);
    }
}
