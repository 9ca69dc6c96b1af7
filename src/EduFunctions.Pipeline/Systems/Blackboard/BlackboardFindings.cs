namespace EduFunctions.Pipeline.Systems.Blackboard;

internal static class BlackboardFindings
{
    public const string NameMissing = "blackboard.nameMissing";
    public const string IdRefused = "blackboard.idRefused";
    public const string UserIdMissing = "blackboard.userIdMissing";
    public const string UserIdTaken = "blackboard.userIdTaken";
    public const string TooLong = "blackboard.tooLong";
    public const string EmailTooLong = "blackboard.emailTooLong";
    public const string CourseNameMissing = "blackboard.courseNameMissing";
    public const string ObserverRole = "blackboard.observerRole";
    public const string ObservedRole = "blackboard.observedRole";
}
