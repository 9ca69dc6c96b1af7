using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

internal static class ImportFindings
{
    public const string InstitutionMissing = "uniloginImport.institutionMissing";
    public const string NameMissing = "uniloginImport.nameMissing";
    public const string TooLong = "uniloginImport.tooLong";
    public const string LocalIdMissing = "uniloginImport.localIdMissing";
    public const string LocalIdTaken = "uniloginImport.localIdTaken";
    public const string CivicNumberMissing = "uniloginImport.civicNumberMissing";
    public const string LevelUnknown = "uniloginImport.levelUnknown";
    public const string MainGroupMissing = "uniloginImport.mainGroupMissing";
    public const string SeveralMainGroups = "uniloginImport.severalMainGroups";
    public const string RoleUnknown = "uniloginImport.roleUnknown";
    public const string StaffBeforeStudent = "uniloginImport.staffBeforeStudent";
    public const string GroupNameTooLong = "uniloginImport.groupNameTooLong";

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(InstitutionMissing, "A unit without institution number is not imported",
            "Give the unit its institution number, or name it in the feed's settings; until then nobody of it is imported."),
        new(NameMissing, "A person without first or last name is not imported",
            "Fill in first and last name in the school register; the import requires both."),
        new(TooLong, "A person with a name of more than 255 bytes is not imported", "Correct first and last name in the school register."),
        new(LocalIdMissing, "A person without local id is not imported",
            "Fill in the external identifier that settings.localPersonId names in the school register."),
        new(LocalIdTaken, "Two people of an institution have one local id, and one of them is imported",
            "Give one of the two another local id in the school register, or merge the records. Who was delivered with it keeps it, else the lowest id."),
        new(CivicNumberMissing, "A person without CPR number is sent, and will be refused",
            "Fill in the CPR number in the school register; the service refuses people without one."),
        new(LevelUnknown, "A pupil's level is not known, and is sent as Andet",
            "Fill in school type and school year of the enrolment in the school register, or name the level in settings.levels."),
        new(MainGroupMissing, "A pupil without class is not imported",
            "Put the pupil into a class of the school; the import requires one."),
        new(SeveralMainGroups, "A pupil is in several classes, and is sent with the first",
            "The pupil is in several classes of the school; end those that are over."),
        new(RoleUnknown, "A duty has no counterpart in Unilogin",
            "The duty has no counterpart in Unilogin: choose another in the school register, or name it in the feed's settings."),
        new(StaffBeforeStudent, "A person is pupil and staff at one institution, and is sent as staff",
            "The import takes a person once at an institution, so staff counts; end the enrolment or the duty when it is over."),
        new(GroupNameTooLong, "A group's name is longer than the import takes, and the group is sent without it",
            "Shorten the group's name in the school register to 100 bytes."),
    ];
}
