using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Scim;

internal static class ScimFindings
{
    public const string NameMissing = "scim.nameMissing";
    public const string TooLong = "scim.tooLong";
    public const string UserNameMissing = "scim.userNameMissing";
    public const string UserNameTaken = "scim.userNameTaken";
    public const string EmailRefused = "scim.emailRefused";
    public const string GroupNameMissing = "scim.groupNameMissing";
    public const string NameShortened = "scim.nameShortened";

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(NameMissing, "A person without first or last name is not sent to the SCIM server", "Fill in first and last name in the school register."),
        new(TooLong, "A person with a name or user name of more than 255 characters is not sent to the SCIM server", "Correct the name in the school register."),
        new(UserNameMissing, "A person without a user name is not sent to the SCIM server",
            "Fill in the login in the school register, or let the tenant file choose another settings.username."),
        new(UserNameTaken, "Two people have one user name, and one of them is not sent to the SCIM server",
            "Give one of the two another login in the school register. Who was delivered with it keeps it, else staff before students and guardians, then the lowest id."),
        new(EmailRefused, "An e-mail address is too long or none, and is not sent to the SCIM server",
            "Correct the address in the school register: one address of at most 255 characters, and nothing beside it."),
        new(GroupNameMissing, "A group without a name is not sent to the SCIM server", "Give the group a name in the school register."),
        new(NameShortened, "The name of a school or group is longer than 255 characters, and is cut there for the SCIM server",
            "Shorten the name in the school register."),
    ];
}
