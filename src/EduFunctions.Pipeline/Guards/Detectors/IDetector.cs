namespace EduFunctions.Pipeline.Guards.Detectors;

/// <summary>Looks for one kind of thing that is more often a broken source than the truth. Pure: it changes nothing but the night's verdict and counts.</summary>
internal interface IDetector
{
    void Judge(GuardedNight night);
}
