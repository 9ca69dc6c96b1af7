using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

internal static class AppleFindings
{
    public const string StaffBeforeStudent = "apple.staffBeforeStudent";
    public const string NameMissing = "apple.nameMissing";
    public const string IdRefused = "apple.idRefused";
    public const string EmailMissing = "apple.emailMissing";
    public const string FieldMissing = "apple.fieldMissing";
    public const string EmailTaken = "apple.emailTaken";
    public const string TooLong = "apple.tooLong";
    public const string ValueRefused = "apple.valueRefused";
    public const string NameShortened = "apple.nameShortened";
    public const string TooManyInstructors = "apple.tooManyInstructors";
    public const string TooManyLocations = "apple.tooManyLocations";

    public const string RefusedByApple = "apple.refusedByApple";
    public const string UploadRefused = "apple.uploadRefused";

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
        new(FieldMissing, "A person without a value that the accounts are made of does not go to Apple",
            "Fill in the columns of settings.required in the school register: one person without them makes Apple refuse the whole upload."),
        new(EmailTaken, "Two people have one e-mail address, and one of them goes to Apple without it, or not at all where it is required",
            "Give one of the two another e-mail address in the school register; Apple knows no case in it. Who was delivered with it keeps it, else staff before students, then the lowest id."),
        new(TooLong, "A person with a name of more than 255 characters does not go to Apple",
            "Correct first and last name in the school register."),
        new(ValueRefused, "A middle name, e-mail address or user name is too long, begins like a formula or is none, and is left empty",
            "Correct the value in the school register: at most 255 characters, none of = + - @ at its beginning, and one e-mail address with nothing beside it."),
        new(NameShortened, "The name of a school or group is longer than 255 characters, and is cut there",
            "Shorten the name in the school register."),
        new(TooManyInstructors, "A class has more instructors than Apple takes",
            "Apple takes fifteen instructors of a class; reduce the teachers of the group's activities."),
        new(TooManyLocations, "A person has more locations than Apple takes",
            "Apple takes 999 locations of a person; end placements or duties that are over."),
        new(RefusedByApple, "Apple has refused a person, class or course that it was sent",
            "Look the id up in Apple's activity log, which says why; correct it, then send the run again."),
        new(UploadRefused, "Apple has refused a whole upload, and has nothing of it",
            "The status of Apple's activity log says why: with MANAGED_ID_GENERATION_FAILED a value is missing that accounts are made of (settings.required). Correct it, then send the run again."),
    ];
}
