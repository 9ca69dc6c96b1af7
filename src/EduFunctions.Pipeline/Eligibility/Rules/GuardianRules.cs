namespace EduFunctions.Pipeline.Eligibility.Rules;

internal static class GuardianRules
{
    /// <summary>Passes whoever a student names.</summary>
    public static readonly RelationRule NoStudent = new(16, "guardian.noStudent", (_, in _) => true)
    {
        Sentence = "No student who is handed on names the person as guardian",
        Advice = "See why the students are left out, and whether the school register has the relation.",
        Facts = judged => [("namedByStudents", judged.NamedBy)],
    };
}
