namespace EduFunctions.Pipeline.Systems.Unikum;

internal static class UnikumFindings
{
    public const string NameMissing = "unikum.nameMissing";
    public const string CivicNumberMissing = "unikum.civicNumberMissing";
    public const string CivicNumberInvalid = "unikum.civicNumberInvalid";
    public const string CivicNumberTaken = "unikum.civicNumberTaken";
    public const string NotEncodable = "unikum.notEncodable";
    public const string ValueNotEncodable = "unikum.valueNotEncodable";
    public const string ClassNameMissing = "unikum.classNameMissing";
    public const string SchoolFormUnknown = "unikum.schoolFormUnknown";
}
