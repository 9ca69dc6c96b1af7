namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

internal static class AppleFindings
{
    public const string StaffBeforeStudent = "apple.staffBeforeStudent";
    public const string NameMissing = "apple.nameMissing";
    public const string IdRefused = "apple.idRefused";
    public const string EmailMissing = "apple.emailMissing";
    public const string TooManyInstructors = "apple.tooManyInstructors";
    public const string TooManyLocations = "apple.tooManyLocations";
}
