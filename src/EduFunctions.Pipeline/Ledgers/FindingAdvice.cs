using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Ledgers;

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
        FindingCodes.GroupUndeclared => "The person is in a group that the institution does not declare: correct it in the administrative system that imports to Unilogin.",
        FindingCodes.InstitutionEmpty => "The institution has no persons and no groups: ask it whether its administrative system imports to Unilogin.",
        FindingCodes.SchoolYearOutdated => "The student comes from an import of an earlier school year than the institution's latest: renew that import, or end it.",
        FindingCodes.SharedIdentity =>
            "A record shares a civic number or login with somebody protected, so it is protected too: merge the records in the school register.",
        FindingCodes.SourceUndeclared => "The person names an import source that the document does not list; report it to STIL when it lasts.",
        FindingCodes.AddressesAbsent => "Nobody has an address, so nobody counts as registered abroad by it: let the source hand out addresses.",
        PullNote.Skipped => "The school has no agreement for the package: approve it in Tilslutning, or take the school from the tenant file.",
        PullNote.Reused => "The school had no call left today, so an earlier answer of the day was used; the next night pulls anew.",
        _ when code.StartsWith(FindingCodes.Unneeded, StringComparison.Ordinal) =>
            "The source hands out an attribute that nobody needs: take its scope from the key pair.",
        "apple.staffBeforeStudent" => "The person is student and staff; Apple takes an id once, so staff counts.",
        "apple.nameMissing" => "Fill in first and last name in the school register; Apple requires both.",
        "apple.idRefused" => "Apple takes letters, digits and hyphens in a person's id; the source has given another one.",
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
        "uniloginImport.institutionMissing" => "Give the unit its institution number, or name it in the feed's settings; until then nobody of it is imported.",
        "uniloginImport.nameMissing" => "Fill in first and last name in the school register; the import requires both.",
        "uniloginImport.civicNumberMissing" => "Fill in the CPR number in the school register; the service refuses people without one.",
        "uniloginImport.mainGroupMissing" => "Put the pupil into a class of the school; the import requires one.",
        "uniloginImport.severalMainGroups" => "The pupil is in several classes of the school; end those that are over.",
        "uniloginImport.roleUnknown" => "The duty has no counterpart in Unilogin: choose another in the school register, or name it in the feed's settings.",
        _ => "See the documentation of the feed.",
    };
}
