using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

internal static class BlackboardFindings
{
    public const string NameMissing = "blackboard.nameMissing";
    public const string IdRefused = "blackboard.idRefused";
    public const string UserIdMissing = "blackboard.userIdMissing";
    public const string UserIdTaken = "blackboard.userIdTaken";
    public const string UserIdHeld = "blackboard.userIdHeld";
    public const string TooLong = "blackboard.tooLong";
    public const string EmailTooLong = "blackboard.emailTooLong";
    public const string CourseNameMissing = "blackboard.courseNameMissing";
    public const string ObserverRole = "blackboard.observerRole";
    public const string ObservedRole = "blackboard.observedRole";

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(NameMissing, "A person without first or last name does not go to Learn",
            "Fill in first and last name in the school register; Learn requires both."),
        new(IdRefused, "A person or group has an id that Learn does not take",
            "Learn takes 64 characters in a key, no quote, asterisk or delimiter, and none of = + - @ first; the source has given another one. Another delimiter may help."),
        new(UserIdMissing, "A person without login name, or with one that Learn does not take, does not go there",
            "Fill in what settings.userId takes as login name in the school register; Learn takes no space and none of & # + < > % = / \\ in it."),
        new(UserIdTaken, "Two people have one login name, and one of them goes to Learn",
            "Give one of the two another login name in the school register; who was delivered with it keeps it, else staff before students and guardians, then the lowest id."),
        new(UserIdHeld, "A login name was somebody's whom Learn knows no more than by the key, and whose record may keep it",
            "Have Learn's administrator look who has the login name there: give a disabled record another one, and the new account comes with the next night."),
        new(TooLong, "A login name, or the name of a person, course or school, is longer than Learn takes",
            "Shorten it in the school register: a login name to 50 characters, a name to 100, that of a course or school to 255."),
        new(EmailTooLong, "An e-mail address is none, or longer than Learn takes, and is left empty",
            "Correct the e-mail address in the school register: one address of at most 100 characters, and nothing beside it."),
        new(CourseNameMissing, "A group without a name does not become a course",
            "Give the group a name in the school register, or choose another settings.courseName."),
        new(ObserverRole, "A guardian who is staff or student too does not become an observer",
            "Learn takes only pure observers: who is staff or student there sees the student in another way."),
        new(ObservedRole, "A student with another role in Learn gets no observer",
            "Learn takes only students as observed: end the duty when it is over, or leave settings.institutionRoles.student as STUDENT."),
    ];
}
