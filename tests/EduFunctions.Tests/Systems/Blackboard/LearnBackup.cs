using EduFunctions.Simulators.Blackboard;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>What Learn had on a day, to be brought back later.</summary>
internal sealed class LearnBackup(LearnServer learn)
{
    private static readonly string[] Kinds = ["node", "person", "course", "membership", "userassociation", "courseassociation"];

    private readonly List<LearnRecord> _records = All(learn);

    public static List<LearnRecord> All(LearnServer learn) => [.. Kinds.SelectMany(learn.State.Records)];

    public void Restore()
    {
        All(learn).ForEach(learn.State.Purge);
        _records.ForEach(learn.State.Put);
    }
}
