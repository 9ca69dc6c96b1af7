using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>
/// Who becomes protected goes the same night, and who would tell of somebody protected, however many they are; when they are more than may be removed otherwise, somebody is told, since the marking
/// may be a mistake.
/// </summary>
internal sealed class MassProtection : IDetector
{
    private static readonly RowKind[] Kinds = [RowKind.Students, RowKind.Staff];

    public void Judge(GuardedNight night)
    {
        var tally = night.TallyOf(Moved.BecameProtected, Limit.BecomingProtected(night.Settings));
        foreach (var rank in night.Persons.Moving.Where(rank => night.Persons.MustGo[rank] && night.Persons[rank].Change == Change.Removed))
        {
            tally.Count(night.Persons[rank].Kind, night.Persons[rank].School);
        }

        foreach (var kind in Kinds)
        {
            night.CountAll(tally, kind);
            night.Verdict.Notices.AddRange(tally.Settle(kind, night.SchoolId).Select(each => new Notice(NoticeCode.ManyProtected, Sentence(each, night.Difference.Telling.Count == 0))));
        }
    }

    [Told]
    private static string Sentence(Hold many, bool areAllProtected)
    {
        var span = many.Earlier > 0 ? $"in a few nights, {many.Count - many.Earlier} of them tonight" : "at once";
        return areAllProtected
            ? $"{many.Figures} have become protected {span} (limit {many.LimitPercent} %): they leave the target all the same. Ask the register whether that is so."
            : $"{many.Figures} have become protected, or name somebody who is, {span} (limit {many.LimitPercent} %): they leave the target all the same. Ask the register whether that is so.";
    }
}
