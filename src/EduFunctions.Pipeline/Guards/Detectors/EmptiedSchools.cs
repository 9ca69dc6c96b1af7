namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>After the sections: few go, but with them more than half of what anybody at the school is a member of.</summary>
internal sealed class EmptiedSchools : IDetector
{
    public void Judge(GuardedNight night)
    {
        var (difference, sections) = (night.Difference, night.Sections);
        var tally = new Tally(Limit.Removals(night.Settings) with { Most = _ => int.MaxValue }, difference.Counts.Schools);
        night.CountAll(tally, RowKind.Memberships);
        foreach (var row in difference.RemovedMembers.Rows.ToArray())
        {
            var member = difference.Before.Roster.Members[row];
            var (section, person) = (difference.Sections.RankBefore[member.Section], difference.Persons.RankBefore[member.Person]);
            if (sections[section].Change != Change.Removed || night.Persons[person].Change == Change.Removed)
            {
                continue;
            }

            if (IsGoing(night, section))
            {
                tally.Count(RowKind.Memberships, sections[section].School);
            }
            else if (sections.IsUnread[section])
            {
                tally.CountUnread(RowKind.Memberships, sections[section].School);
            }
        }

        night.Verdict.Holds.AddRange(tally.Settle(RowKind.Memberships, night.SchoolId));
        foreach (var rank in night.IsReleased ? [] : sections.Moving.Where(rank => sections[rank].Change == Change.Removed && !sections.IsSettled[rank]))
        {
            var isHeld = tally.IsHeld(RowKind.Memberships, sections[rank].School) && !night.HasJustCome(sections, rank);
            sections.Fates[rank] = isHeld ? Fate.AsBefore : sections.Fates[rank];
        }
    }

    private static bool IsGoing(GuardedNight night, int section) =>
        !night.Sections.IsSettled[section] && !night.Removals.IsHeld(RowKind.Sections, night.SchoolOfLeaving(night.Sections, section))
        && night.Sections.Fates[section] == Fate.AsNow && !night.HasJustCome(night.Sections, section);
}
