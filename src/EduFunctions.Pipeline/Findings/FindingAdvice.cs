using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Findings;

/// <summary>What a registrar can do about a finding, and where.</summary>
public static class FindingAdvice
{
    public static string For(string code) => code switch
    {
        FindingCodes.IdMissing => "The source hands out an entity without a usable id; report it to the source's support.",
        FindingCodes.IdDuplicate => "The source handed out the entity twice; when it lasts, report it to the source's support.",
        FindingCodes.NameMissing => "Fill in the given and family name of the person, or the name of the unit or group, in the school register.",
        FindingCodes.AttributeMissing => "Fill in what the school register requires: unit, school type, type or start date.",
        FindingCodes.DateInvalid => "Correct the start or end date in the school register; it is no date.",
        FindingCodes.ValueUnknown => "Choose one of the school register's own values; this one is not in the standard.",
        FindingCodes.ReferenceDangling => "The entity refers to one that the source does not hand out: remove the reference, or let the key pair see it.",
        FindingCodes.AddressesAbsent => "Nobody has an address: ask for the scope addresses, or who is registered abroad is judged by the status alone.",
        _ when code.StartsWith(FindingCodes.Unneeded, StringComparison.Ordinal) =>
            "The source hands out an attribute that nobody needs: take its scope from the key pair.",
        "apple.staffBeforeStudent" => "The person is student and staff; Apple takes an id once, so staff counts.",
        "apple.nameMissing" => "Fill in first and last name in the school register; Apple requires both.",
        "apple.emailMissing" => "Fill in the school e-mail address in the school register; federated authentication requires it.",
        "apple.tooManyInstructors" => "Apple takes fifteen instructors of a class; reduce the teachers of the group's activities.",
        "apple.tooManyLocations" => "Apple takes 999 locations of a person; end placements or duties that are over.",
        "unikum.nameMissing" => "Fill in first and last name in the school register; Unikum requires both.",
        "unikum.civicNumberMissing" => "Fill in the civic number in the school register; the feed knows people by it.",
        "unikum.civicNumberInvalid" => "Correct the civic number in the school register; its date or check digit is wrong.",
        "unikum.civicNumberTaken" => "Two records have one civic number: merge them in the school register.",
        "unikum.notEncodable" or "unikum.valueNotEncodable" => "The value has letters that ISO-8859-1 lacks: agree on UTF-8 with Unikum.",
        "unikum.classNameMissing" => "Give the group a name in the school register.",
        "unikum.schoolFormUnknown" => "Give the unit a school type in the school register, or the tenant file a school form for the type it has.",
        _ => "See the documentation of the feed.",
    };
}
