using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

internal static class OneRosterFindings
{
    public const string NameMissing = "oneRoster.nameMissing";
    public const string TooLong = "oneRoster.tooLong";
    public const string IdRefused = "oneRoster.idRefused";
    public const string UserNameMissing = "oneRoster.userNameMissing";
    public const string UserNameTaken = "oneRoster.userNameTaken";
    public const string ValueRefused = "oneRoster.valueRefused";
    public const string ClassNameMissing = "oneRoster.classNameMissing";
    public const string NameShortened = "oneRoster.nameShortened";

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(NameMissing, "A person without first or last name is not in the OneRoster files",
            "Fill in first and last name in the school register; the form requires both."),
        new(TooLong, "A person with a name or user name of more than 255 characters is not in the OneRoster files",
            "Correct the name in the school register."),
        new(IdRefused, "A person has an id that OneRoster files cannot hold",
            "Ids there are letters, digits and . - _ / @ only; the source has given another one."),
        new(UserNameMissing, "A person without a user name is not in the OneRoster files",
            "Fill in the login in the school register, or let the tenant file choose another settings.username."),
        new(UserNameTaken, "Two people have one user name, and one of them is not in the OneRoster files",
            "Give one of the two another login in the school register. Who was delivered with it keeps it, else staff before students and guardians, then the lowest id."),
        new(ValueRefused, "A middle name or e-mail address is too long, begins like a formula or is none, and is left empty in the OneRoster files",
            "Correct the value in the school register: at most 255 characters, none of = + - @ at its beginning, and one e-mail address with nothing beside it."),
        new(ClassNameMissing, "A group without a name is not in the OneRoster files", "Give the group a name in the school register."),
        new(NameShortened, "The name of a school or group is longer than 255 characters, and is cut there in the OneRoster files",
            "Shorten the name in the school register."),
    ];
}
