namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

internal static class ImportFindings
{
    public const string InstitutionMissing = "uniloginImport.institutionMissing";
    public const string NameMissing = "uniloginImport.nameMissing";
    public const string LocalIdMissing = "uniloginImport.localIdMissing";
    public const string LocalIdTaken = "uniloginImport.localIdTaken";
    public const string CivicNumberMissing = "uniloginImport.civicNumberMissing";
    public const string LevelUnknown = "uniloginImport.levelUnknown";
    public const string MainGroupMissing = "uniloginImport.mainGroupMissing";
    public const string SeveralMainGroups = "uniloginImport.severalMainGroups";
    public const string RoleUnknown = "uniloginImport.roleUnknown";
    public const string StaffBeforeStudent = "uniloginImport.staffBeforeStudent";
    public const string GroupNameTooLong = "uniloginImport.groupNameTooLong";
}
