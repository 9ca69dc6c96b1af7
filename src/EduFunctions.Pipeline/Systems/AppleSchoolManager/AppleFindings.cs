using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

internal static class AppleFindings
{
    public const string StaffBeforeStudent = "apple.staffBeforeStudent";
    public const string NameMissing = "apple.nameMissing";
    public const string IdRefused = "apple.idRefused";
    public const string EmailMissing = "apple.emailMissing";
    public const string TooManyInstructors = "apple.tooManyInstructors";
    public const string TooManyLocations = "apple.tooManyLocations";

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(StaffBeforeStudent, "A person is student and staff, and goes to Apple as staff only",
            "The person is student and staff; Apple takes an id once, so staff counts."),
        new(NameMissing, "A person without first or last name does not go to Apple",
            "Fill in first and last name in the school register; Apple requires both."),
        new(IdRefused, "A person has an id that Apple does not take",
            "Apple takes letters, digits and hyphens in a person's id; the source has given another one."),
        new(EmailMissing, "A person without e-mail address does not go to Apple",
            "Fill in the school e-mail address in the school register; federated authentication requires it."),
        new(TooManyInstructors, "A class has more instructors than Apple takes",
            "Apple takes fifteen instructors of a class; reduce the teachers of the group's activities."),
        new(TooManyLocations, "A person has more locations than Apple takes",
            "Apple takes 999 locations of a person; end placements or duties that are over."),
    ];
}
