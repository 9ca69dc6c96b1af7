using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What really moves in a feed tonight, for the nights that come to count it.</summary>
internal static class NightMovements
{
    public static IReadOnlyList<Movement> Of(GuardedNight night, DateOnly today)
    {
        // In a first delivery everything comes, and there is nothing that it could be a part of.
        return night.Difference.Before.Roster.Persons.Count == 0 ? [] :
        [
            .. Rows(night.Persons), .. Rows(night.Sections), .. Members(),
            .. night.Columns.Where(column => column.Rows.Fates[column.Rank] == Fate.AsNow)
                .Select(column => Row(Movement.KeyOf(column.Rows.Id(column.Rank)), column.Rows[column.Rank], column.Moved)),
        ];

        Movement Row(ulong key, in RankedRow row, Moved moved) =>
            new(key, night.Difference.UnitId(row.School), (byte)row.Kind, moved, 0, today.DayNumber);

        IEnumerable<Movement> Rows(GuardedRows rows)
        {
            // A window in which everybody may change counts no changes; at a million persons they would be many megabytes a night.
            var countsChanges = night.Settings.MaxChangedPercent < 100;
            return
                from rank in rows.Moving
                let row = rows[rank]
                where rows.Fates[rank] == Fate.AsNow && !rows.IsPaired[rank] && (row.Change != Change.Changed || countsChanges)
                select Row(Movement.KeyOf(rows.Id(rank)), row, MovedOf(row.Change, rows.MustGo[rank]));
        }

        IEnumerable<Movement> Members()
        {
            var (before, now) = (night.Difference.Before.Roster, night.Difference.Now.Roster);
            foreach (var at in night.Members.Leaving.Where(at => !night.Verdict.Members[at]))
            {
                yield return Member(before, night.Difference.RemovedMembers[at], night.Members.SchoolOfLeaving(at), Moved.Left);
            }

            foreach (var at in night.Members.Coming.Where(at => !night.Verdict.LateMembers.Contains(night.Difference.AddedMembers[at])))
            {
                yield return Member(now, night.Difference.AddedMembers[at], night.Members.SchoolOfComing(at), Moved.Came);
            }
        }

        Movement Member(Roster roster, int row, int school, Moved moved) => Row(
            Movement.KeyOf(roster.Sections[roster.Members[row].Section].Id, roster.Persons[roster.Members[row].Person].Id),
            new RankedRow(default, RowKind.Memberships, school), moved);
    }

    private static Moved MovedOf(Change change, bool isProtected) => change switch
    {
        Change.Removed => isProtected ? Moved.BecameProtected : Moved.Left,
        Change.Added => Moved.Came,
        _ => Moved.Changed,
    };
}
