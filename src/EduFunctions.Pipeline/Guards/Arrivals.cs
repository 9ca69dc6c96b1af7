using System.Globalization;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// What has come into a feed while rows of the same school and kind were held: if the pull was wrong, it may be as wrong as they are. An operator's refusal
/// takes it back.
/// </summary>
internal static class Arrivals
{
    /// <summary>Those of earlier nights where something is held still, and tonight's.</summary>
    public static IReadOnlyList<Movement> Of(RosterDifference difference, Verdict verdict, DateOnly today)
    {
        var held = verdict.Holds.Where(hold => Concerns(hold.Code)).ToLookup(hold => hold.Kind, hold => hold.School);
        var moving = held.Count == 0 ? [] : Moving(difference.PersonRows, verdict.Persons, difference.PersonId)
            .Concat(Moving(difference.SectionRows, verdict.Sections, difference.SectionId)).ToList();
        return held.Count == 0 ? [] :
        [
            .. difference.Before.Selection!.Arrivals.Where(row => IsHeld((RowKind)row.Kind, row.School.IsNone ? null : row.School.ToString()))
                .ExceptBy(moving.Where(each => each.Row.Change == Change.Removed).Select(each => Movement.KeyOf(each.Id)), row => row.Key),
            .. moving.Where(each => each.Row.Change == Change.Added).Select(each => Arrived(each.Id, each.Row))
                .Where(row => IsHeld((RowKind)row.Kind, row.School.IsNone ? null : row.School.ToString())),
        ];

        Movement Arrived(EntityId id, in RankedRow row) => new(Movement.KeyOf(id), difference.UnitId(row.School), (byte)row.Kind, Moved.Came, 0, today.DayNumber);

        // Guardians come with their students.
        bool IsHeld(RowKind kind, string? school) =>
            held[kind].Any(each => each is null || each == school) || (kind == RowKind.Guardians && IsHeld(RowKind.Students, school));
    }

    /// <summary>The feed without them, everything else as it is.</summary>
    /// <param name="same">A feed beside itself.</param>
    public static Verdict TakeBack(RosterDifference same)
    {
        var selection = same.Now.Selection!;
        var keys = selection.Arrivals.Select(row => row.Key).ToHashSet();
        var verdict = new Verdict(same) { Movements = selection.Movements };

        // Whom the feed does not have stays out by its own choice.
        for (var rank = 0; rank < verdict.Persons.Length; rank++)
        {
            verdict.Persons[rank] = keys.Contains(Movement.KeyOf(same.PersonId(rank))) ? Fate.NotYet
                : same.Now.HasPerson(same.Persons.Now(rank)) ? Fate.AsBefore
                : Fate.AsNow;
        }

        for (var rank = 0; rank < verdict.Sections.Length; rank++)
        {
            verdict.Sections[rank] = keys.Contains(Movement.KeyOf(same.SectionId(rank))) ? Fate.NotYet
                : same.Now.HasSection(same.Sections.Now(rank)) ? Fate.AsBefore
                : Fate.AsNow;
        }

        return verdict;
    }

    /// <summary>What a refusal does, in sentences.</summary>
    [Told]
    public static IReadOnlyList<string> Forecast(IReadOnlyList<Movement> arrivals) =>
    [
        .. arrivals.GroupBy(row => (RowKind)row.Kind).OrderBy(kind => kind.Key).Select(kind =>
            $"{kind.Count()} {kind.Key.ToString().ToLowerInvariant()} that came where something is held are taken back, the first of them from {Day(kind.Min(row => row.Day))}."),
        "What is held stays as the target has it, and this plan can no longer be approved.",
    ];

    private static string Day(int number) => DateOnly.FromDayNumber(number).ToString("O", CultureInfo.InvariantCulture);

    private static bool Concerns(HoldCode code) =>
        code is HoldCode.Removals or HoldCode.IdsChanged or HoldCode.IdsUnread or HoldCode.Additions or HoldCode.Doubles or HoldCode.OtherHalf or HoldCode.SchoolAbsent;

    /// <summary>What the feed really loses and gets.</summary>
    private static IEnumerable<(EntityId Id, RankedRow Row)> Moving(RankedRows rows, Fate[] fates, Func<int, EntityId> id) =>
        rows.Moving.Rows.ToArray().Where(rank => fates[rank] == Fate.AsNow).Select(rank => (id(rank), rows[rank]));
}
