using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>A school's name goes with everybody at it and cannot stay behind alone, so it is told.</summary>
internal sealed class DamagedSchools : IDetector
{
    [Told]
    public void Judge(GuardedNight night)
    {
        var roster = night.Difference.Now.Roster;
        foreach (var unit in roster.Units.Rows.ToArray().Where(unit => TextDamages.Of(roster[unit.Name]) != TextDamage.None))
        {
            night.Verdict.Notices.Add(new Notice(NoticeCode.TextDamaged, $"The name of school {unit.Id} was read in a wrong encoding. It is delivered as it is: have the source mended."));
        }
    }
}
