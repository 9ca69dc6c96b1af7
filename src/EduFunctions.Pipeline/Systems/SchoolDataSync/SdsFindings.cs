using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

internal static class SdsFindings
{
    public const string NameMissing = "schoolDataSync.nameMissing";
    public const string TooLong = "schoolDataSync.tooLong";
    public const string IdRefused = "schoolDataSync.idRefused";
    public const string UserNameMissing = "schoolDataSync.userNameMissing";
    public const string UserNameRefused = "schoolDataSync.userNameRefused";
    public const string UserNameTaken = "schoolDataSync.userNameTaken";
    public const string EmailRefused = "schoolDataSync.emailRefused";
    public const string GuardianWithoutEmail = "schoolDataSync.guardianWithoutEmail";
    public const string ClassNameMissing = "schoolDataSync.classNameMissing";
    public const string NameShortened = "schoolDataSync.nameShortened";

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(NameMissing, "A person without first or last name does not go to School Data Sync",
            "Fill in first and last name in the school register; accounts are made of both."),
        new(TooLong, "A person with a first or last name of more than 64 characters does not go to School Data Sync",
            "Correct the name in the school register; Entra takes no longer ones."),
        new(IdRefused, "A person has an id that does not go to School Data Sync",
            "Ids there are letters, digits, hyphens and underscores; the source has given another one."),
        new(UserNameMissing, "A person without a user name does not go to School Data Sync",
            "Fill in the login in the school register, or let the tenant file choose another settings.username."),
        new(UserNameRefused, "A person with a user name that is no user principal name does not go to School Data Sync",
            "Correct the login in the school register: one @ with a domain behind it (or settings.domain), no spaces, no letters such as å or ø."),
        new(UserNameTaken, "Two people have one user name, and one of them does not go to School Data Sync",
            "Give one of the two another login in the school register; Entra knows no case in it. Who was delivered with it keeps it, else staff before students and guardians, then the lowest id."),
        new(EmailRefused, "An e-mail address is none, and does not go to School Data Sync", "Correct the e-mail address in the school register."),
        new(GuardianWithoutEmail, "A guardian without e-mail address does not go to School Data Sync",
            "Fill in the guardian's e-mail address in the school register; contacts are known by it."),
        new(ClassNameMissing, "A group without a name does not go to School Data Sync", "Give the group a name in the school register."),
        new(NameShortened, "The name of a school or group is longer than 256 characters, and is cut there for School Data Sync",
            "Shorten the name in the school register."),
    ];
}
