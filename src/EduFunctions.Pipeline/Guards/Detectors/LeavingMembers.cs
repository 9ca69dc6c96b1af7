using System.Collections;

namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>Only memberships that go although their section and person stay; the others go and stay with those.</summary>
internal sealed class LeavingMembers : IDetector
{
    public void Judge(GuardedNight night)
    {
        var (difference, verdict) = (night.Difference, night.Verdict);
        night.CountAll(night.Removals, RowKind.Memberships);
        var isDue = CountDue(night);
        verdict.Holds.AddRange(night.Removals.Settle(RowKind.Memberships, night.SchoolId));
        for (var at = 0; at < isDue.Length; at++)
        {
            verdict.Members[at] |=
                isDue[at] && !night.IsReleased && night.Removals.IsHeld(RowKind.Memberships, difference.SchoolOfMember(difference.RemovedMembers[at]));
        }
    }

    /// <summary>By place among the removed: whether the limits have to judge it.</summary>
    private static BitArray CountDue(GuardedNight night)
    {
        var (difference, verdict) = (night.Difference, night.Verdict);
        var isDue = new BitArray(difference.RemovedMembers.Count);
        for (var at = 0; at < isDue.Length; at++)
        {
            var member = difference.Before.Roster.Members[difference.RemovedMembers[at]];
            var (section, person) = (difference.Sections.RankBefore[member.Section], difference.Persons.RankBefore[member.Person]);
            if (difference.SectionRows[section].Change == Change.Removed || difference.PersonRows[person].Change == Change.Removed)
            {
                continue;
            }

            var isDoubted = verdict.Doubts is { } doubts && (doubts.HasSection(section) || (doubts.HasPerson(person) && !night.Persons.MustGo[person]));
            verdict.Members[at] = isDoubted || night.IsGraced(RowKind.Memberships, difference.PersonId(person), difference.SectionId(section));
            isDue[at] = !verdict.Members[at];
            if (isDue[at])
            {
                night.Removals.Count(RowKind.Memberships, difference.SectionRows[section].School);
            }
        }

        return isDue;
    }
}
