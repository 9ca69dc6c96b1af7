namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>After those that leave: persons who were there join sections that were there.</summary>
internal sealed class ComingMembers : IDetector
{
    public void Judge(GuardedNight night)
    {
        if (night.Settings.TakesNone)
        {
            night.Verdict.LateMembers.UnionWith(night.Members.Coming.Select(at => night.Difference.AddedMembers[at]));
            var late = new Hold(HoldCode.Additions, RowKind.Memberships, null, night.Members.Coming.Count, night.Difference.Counts.Total(RowKind.Memberships).Before, 0);
            night.Verdict.Notices.AddRange(late.Count == 0 ? [] : [new Notice(NoticeCode.TargetRests, RestingTarget.Sentence(late))]);
            return;
        }

        night.CountAll(night.Additions, RowKind.Memberships);
        foreach (var at in night.Members.Coming)
        {
            night.Additions.Count(RowKind.Memberships, night.Members.SchoolOfComing(at));
        }

        night.Verdict.Holds.AddRange(night.Additions.Settle(RowKind.Memberships, night.SchoolId));
        OtherHalves.Hold(night, RowKind.Memberships);
        foreach (var at in night.IsReleased ? [] : night.Members.Coming.Where(at => night.Additions.IsHeld(RowKind.Memberships, night.Members.SchoolOfComing(at))))
        {
            night.Verdict.LateMembers.Add(night.Difference.AddedMembers[at]);
        }
    }
}
