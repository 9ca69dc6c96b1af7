namespace EduFunctions.Pipeline.Model;

/// <summary>What may be wrong with single rows of any source; the run goes on. Codes are stable and part of the API.</summary>
public static class FindingCodes
{
    public const string IdMissing = "id.missing";
    public const string IdDuplicate = "id.duplicate";
    public const string NameMissing = "name.missing";
    public const string AttributeMissing = "attribute.missing";
    public const string DateInvalid = "date.invalid";
    public const string ValueUnknown = "value.unknown";
    public const string ReferenceDangling = "reference.dangling";
    public const string AddressesAbsent = "addresses.absent";
    public const string UnneededCivicNumber = "unneeded.civicNo";
    public const string UnneededPhoto = "unneeded.photo";
    public const string UnneededSex = "unneeded.sex";

    private const string TakeScope = "The source hands out an attribute that nobody needs: take its scope from the key pair.";

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(IdMissing, "An entity without a usable id was dropped",
            "The source hands out an entity without a usable id; report it to the source's support."),
        new(IdDuplicate, "An entity was handed out twice, and the later one counts",
            "The source handed out the entity twice; when it lasts, report it to the source's support."),
        new(NameMissing, "A person lacks a given or family name, or a unit or group its name",
            "Fill in the given and family name of the person, or the name of the unit or group, in the school register."),
        new(AttributeMissing, "Something that every entity of its kind has to have is not there",
            "Fill in what the school register requires: unit, school type, type or start date."),
        new(DateInvalid, "A date is no date", "Correct the start or end date in the school register; it is no date."),
        new(ValueUnknown, "A value is none of those the standard lists",
            "Choose one of the school register's own values; this one is not in the standard."),
        new(ReferenceDangling, "An entity refers to one that the source does not hand out",
            "The entity refers to one that the source does not hand out: remove the reference, or let the key pair see it."),
        new(AddressesAbsent, "Nobody has an address", "Nobody has an address, so nobody counts as registered abroad by it: let the source hand out addresses."),
        new(UnneededCivicNumber, "The source hands out civic numbers, which nobody needs", TakeScope),
        new(UnneededPhoto, "The source hands out photos, which nobody needs", TakeScope),
        new(UnneededSex, "The source hands out the sex, which nobody needs", TakeScope),
    ];
}
