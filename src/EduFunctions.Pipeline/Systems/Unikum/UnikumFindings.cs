using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Unikum;

internal static class UnikumFindings
{
    public const string NameMissing = "unikum.nameMissing";
    public const string CivicNumberMissing = "unikum.civicNumberMissing";
    public const string CivicNumberInvalid = "unikum.civicNumberInvalid";
    public const string CivicNumberTaken = "unikum.civicNumberTaken";
    public const string NotEncodable = "unikum.notEncodable";
    public const string ValueNotEncodable = "unikum.valueNotEncodable";
    public const string TooLong = "unikum.tooLong";
    public const string ValueRefused = "unikum.valueRefused";
    public const string ClassNameMissing = "unikum.classNameMissing";
    public const string SchoolFormUnknown = "unikum.schoolFormUnknown";

    private const string AgreeOnUtf8 = "The value has letters that ISO-8859-1 lacks: agree on UTF-8 with Unikum.";

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(NameMissing, "Somebody or something without a name does not go to Unikum",
            "Fill in first and last name in the school register; Unikum requires both."),
        new(CivicNumberMissing, "A person without civic number does not go to Unikum",
            "Fill in the civic number in the school register; the feed knows people by it."),
        new(CivicNumberInvalid, "A person whose civic number is none does not go to Unikum",
            "Correct the civic number in the school register; its date or check digit is wrong."),
        new(CivicNumberTaken, "Two records have one civic number, and the lower id goes to Unikum",
            "Two records have one civic number: merge them in the school register."),
        new(NotEncodable, "A name has letters that the file cannot carry", AgreeOnUtf8),
        new(ValueNotEncodable, "An e-mail address has letters that the file cannot carry, and is left empty", AgreeOnUtf8),
        new(TooLong, "Somebody or something with a name of more than 255 characters does not go to Unikum", "Correct the name in the school register."),
        new(ValueRefused, "An e-mail address is too long or none, and is left empty",
            "Correct the e-mail address in the school register: one address of at most 255 characters, and nothing beside it."),
        new(ClassNameMissing, "A group without a name does not go to Unikum", "Give the group a name in the school register."),
        new(SchoolFormUnknown, "A unit without a school form does not go to Unikum, nor what is below it",
            "Give the unit a school type in the school register, or the tenant file a school form for the type it has."),
    ];
}
