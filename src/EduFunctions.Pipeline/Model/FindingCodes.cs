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
    public const string ValueNotUnderstood = "value.notUnderstood";
    public const string ValueAsText = "value.asText";
    public const string TextRepaired = "text.repaired";
    public const string ReferenceDangling = "reference.dangling";
    public const string AddressesAbsent = "addresses.absent";
    public const string NameTelling = "name.namesProtected";
    public const string IdTelling = "id.namesProtected";
    public const string RowTelling = "person.namesProtected";
    public const string ValueOfMany = "value.sharedByMany";
    public const string SharedIdentity = "person.sharedIdentity";
    public const string MemoryLost = "memory.lost";
    public const string UnneededCivicNumber = "unneeded.civicNo";
    public const string UnneededPhoto = "unneeded.photo";
    public const string UnneededSex = "unneeded.sex";

    private const string TakeScope = "The source hands out an attribute that nobody needs: take its scope from the key pair.";

    public static IReadOnlyList<FindingKind> All { get; } =
    [
        new(IdMissing, "An entity without a usable id was dropped",
            "The source hands out an entity without a usable id; for as long as it does, whoever may be meant stays in targets. Report it to the source's support."),
        new(IdDuplicate, "An entity was handed out twice, and the later one counts",
            "The source handed out the entity twice; when it lasts, report it to the source's support."),
        new(NameMissing, "A person lacks a given or family name, or a unit or group its name",
            "Fill in the given and family name of the person, or the name of the unit or group, in the school register."),
        new(AttributeMissing, "Something that every entity of its kind has to have is not there",
            "Fill in what the school register requires: unit, school type, type or start date."),
        new(DateInvalid, "A date is no date, or an end lies before its start",
            "Correct the start or end date in the school register; it is no date, or ends something before it began."),
        new(ValueUnknown, "A value is none of those the standard lists",
            "Choose one of the school register's own values; this one is not in the standard."),
        new(ValueNotUnderstood, "Something stands there that is no value of its property",
            "The source says something here that is no value of this property, so targets keep what they have for as long as it stands there; report it to the source's support."),
        new(ValueAsText, "A number, true or false is written as a text, a name as a number, or a word in another case or with blanks, and was taken",
            "The source writes a number, true or false as a text, a name as a number, or a word in another case or with blanks; it was taken. Report it to the source's support."),
        new(TextRepaired, "A text holds half a character, and a sign for none took its place",
            "A text of the source holds half a character; a sign for none took its place. Write the text anew in the school register."),
        new(ReferenceDangling, "An entity refers to one that the source does not hand out",
            "The entity refers to one that the source does not hand out: remove the reference, or let the key pair see it."),
        new(AddressesAbsent, "Nobody has an address", "Nobody has an address, so nobody counts as registered abroad by it: let the source hand out addresses."),
        new(NameTelling, "The name of a school, group or course tells of a protected person, so feeds have a neutral one",
            "The name holds the name, number or address of a protected person: give it another name in the school register."),
        new(IdTelling, "The id of a school, group or course tells of a protected person, so feeds have a neutral one",
            "The id, which is a text, holds the name, number or address of a protected person: give the school, group or course another id at the source."),
        new(RowTelling, "A person's login or address tells of a protected person, so feeds are without the person",
            "The login or address holds the name or a value of a protected person: correct it, or look whether they are one person."),
        new(ValueOfMany, "A protected person's name or login stands in so many others' values that it says nothing of anybody, so they stay",
            "More than five persons have a name or login in their own values that a protected person has as well: look whether the protected one's is entered rightly."),
        new(SharedIdentity, "A record is of the same human as that of somebody protected, so it is protected too",
            "A record has the civic number or login of somebody protected, or has come in place of one with the same name, so it is protected too: merge the records in the school "
            + "register, or have it say Ingen of this one."),
        new(MemoryLost, "What was remembered of protected persons was lost, or older than what had been remembered, and was made anew",
            "Who was protected in any roster that is kept is protected still; find out who changed the blob state/{tenant}/memory.bin."),
        new(UnneededCivicNumber, "The source hands out civic numbers, which nobody needs", TakeScope),
        new(UnneededPhoto, "The source hands out photos, which nobody needs", TakeScope),
        new(UnneededSex, "The source hands out the sex, which nobody needs", TakeScope),
    ];
}
