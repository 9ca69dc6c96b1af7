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
            .. Rows(night.Persons), .. Rows(night.Sections), .. Members(), .. Schools(night.Persons, night.Difference.PersonSchoolNow), .. Schools(night.Sections, night.Difference.SectionSchoolNow),
            .. night.Columns.Where(column => column.Rows.Fates[column.Rank] == Fate.AsNow)
                .Select(column => Row(Movement.KeyOf(column.Rows.Id(column.Rank)), column.Rows[column.Rank], column.Moved)),
        ];

        Movement Row(ulong key, in RankedRow row, Moved moved) => new(
            key, night.Difference.UnitId(moved == Moved.Left ? night.SchoolAtBegin(key, row.School) : row.School), (byte)row.Kind, moved, 0, today.DayNumber);

        IEnumerable<Movement> Rows(GuardedRows rows)
        {
            // A window in which everybody may change counts no changes; at a million persons they would be many megabytes a night.
            var countsChanges = night.Settings.MaxChangedPercent < 100;
            return
                from rank in rows.Moving
                let row = rows[rank]
                where rows.Fates[rank] == Fate.AsNow && !rows.IsPaired[rank] && (row.Change != Change.Changed || countsChanges) && IsNews(rows, rank)
                select Row(Movement.KeyOf(rows.Id(rank)), row, MovedOf(row.Change, rows.MustGo[rank]));
        }

        // Who goes again was not there when the window began, and who comes back was.
        bool IsNews(GuardedRows rows, int rank) => rows[rank].Change switch
        {
            Change.Removed => rows.MustGo[rank] || !night.HasJustCome(rows, rank),
            Change.Added => !night.HasLeft(Movement.KeyOf(rows.Id(rank))),
            _ => true,
        };

        IEnumerable<Movement> Schools(GuardedRows rows, Func<int, int> schoolNow) =>
            from rank in rows.Moving
            let row = rows[rank]
            where row.Change == Change.Changed && rows.Fates[rank] == Fate.AsNow && schoolNow(rank) != row.School
            let key = Movement.KeyOf(rows.Id(rank))
            where night.SchoolAtBegin(key, row.School) == row.School
            select Row(key, row, Moved.ChangedSchool);

        IEnumerable<Movement> Members()
        {
            foreach (var at in night.Members.Leaving.Where(at => !night.Verdict.Members[at] && !night.HasJustCome(at)))
            {
                yield return Row(night.Members.KeyOfLeaving(at), new RankedRow(default, RowKind.Memberships, night.Members.SchoolOfLeaving(at)), Moved.Left);
            }

            foreach (var at in night.Members.Coming.Where(at => !night.Verdict.LateMembers.Contains(night.Difference.AddedMembers[at]) && !night.HasLeft(night.Members.KeyOfComing(at))))
            {
                yield return Row(night.Members.KeyOfComing(at), new RankedRow(default, RowKind.Memberships, night.Members.SchoolOfComing(at)), Moved.Came);
            }
        }
    }

    private static Moved MovedOf(Change change, bool isProtected) => change switch
    {
        Change.Removed => isProtected ? Moved.BecameProtected : Moved.Left,
        Change.Added => Moved.Came,
        _ => Moved.Changed,
    };
}
