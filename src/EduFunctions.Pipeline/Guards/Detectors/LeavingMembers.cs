namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>Only memberships that go although their section and person stay; the others go and stay with those.</summary>
internal sealed class LeavingMembers : IDetector
{
    public void Judge(GuardedNight night)
    {
        night.CountAtBegin(RowKind.Memberships);
        CountUnread(night);
        var due = Due(night);
        due.ForEach(at => night.Removals.Count(RowKind.Memberships, night.Members.SchoolOfLeaving(at)));
        night.Verdict.Holds.AddRange(night.Removals.Settle(RowKind.Memberships, night.SchoolId));
        foreach (var at in night.IsReleased ? [] : due.Where(at => night.Removals.IsHeld(RowKind.Memberships, night.Members.SchoolOfLeaving(at))))
        {
            night.Verdict.Members[at] = true;
        }
    }

    /// <summary>Of the others, those of a section or person that nobody understood tonight may be gone as well.</summary>
    private static void CountUnread(GuardedNight night)
    {
        var own = night.Members.Leaving.ToHashSet();
        for (var at = 0; at < night.Difference.RemovedMembers.Count; at++)
        {
            var (section, person) = night.Members.RanksOfLeaving(at);
            if (!own.Contains(at) && IsUnreadOrThere(night.Sections, section) && IsUnreadOrThere(night.Persons, person))
            {
                night.Removals.CountUnread(RowKind.Memberships, night.Members.SchoolOfLeaving(at));
            }
        }
    }

    private static bool IsUnreadOrThere(GuardedRows rows, int rank) => rows.IsUnread[rank] || rows[rank].Change != Change.Removed;

    /// <summary>Those that the limits have to judge; what was not understood stays, and what is missing for too short a time.</summary>
    private static List<int> Due(GuardedNight night)
    {
        var (difference, verdict, due) = (night.Difference, night.Verdict, new List<int>());
        var movers = night.Settings.TakesNone ? night.Members.FindMovers() : [];
        foreach (var at in night.Members.Leaving)
        {
            var (section, person) = night.Members.RanksOfLeaving(at);
            var isDoubted = verdict.Doubts is { } doubts && (doubts.HasSection(section) || (doubts.HasPerson(person) && !night.Persons.MustGo[person]));
            var isResting = (night.Settings.KeepsAll || movers.Contains(person)) && !night.Persons.MustGo[person];
            verdict.Members[at] = isDoubted || isResting || night.IsGraced(RowKind.Memberships, difference.PersonId(person), difference.SectionId(section));
            if (isDoubted && !night.HasJustCome(at))
            {
                night.Removals.CountUnread(RowKind.Memberships, night.Members.SchoolOfLeaving(at));
            }
            else if (!verdict.Members[at] && !night.HasJustCome(at))
            {
                due.Add(at);
            }
        }

        return due;
    }
}
