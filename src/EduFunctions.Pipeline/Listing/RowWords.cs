using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Listing;

/// <summary>What rows of lists hold under names that programs know, in the reader's words: the same on pages and in files for people.</summary>
internal static class RowWords
{
    private const string BetweenRoles = ", ";

    /// <summary>What an id of a list is one of; codes of sources stay.</summary>
    public static string OfKind(string kind, Language words) => kind switch
    {
        "student" or "students" => words["student"],
        "staff" => words["staff"],
        "guardian" or "guardians" => words["guardian"],
        "person" => words["person"],
        "unit" => words["school"],
        "group" or "sections" => words["group"],
        "memberships" => words["membership"],
        "activity" => words["activity"],
        "placement" => words["placement"],
        "duty" => words["duty"],
        "syllabus" => words["syllabus"],
        _ => kind,
    };

    /// <summary>A column of a plan's row.</summary>
    public static string OfColumn(string column, Language words) => column switch
    {
        "givenName" => words["given name"],
        "middleName" => words["middle name"],
        "familyName" => words["family name"],
        "login" => words["login"],
        "studentMail" => words["mail as student"],
        "staffMail" => words["mail as staff"],
        "privateMail" => words["private mail"],
        "civicNumber" => words["civic number"],
        "otherIds" => words["other ids"],
        "roles" => words["roles"],
        "schoolYear" => words["school year"],
        "placements" => words["placements"],
        "duties" => words["duties"],
        "guardianOf" => words["guardian of"],
        "name" => words["name"],
        "groupType" => words["kind of group"],
        "school" => words["school"],
        "syllabus" => words["syllabus"],
        "teachers" => words["teachers"],
        "mentors" => words["mentors"],
        _ => column,
    };

    /// <summary>What stands in a column: words of ours are told, what the register says stays.</summary>
    /// <param name="value">Null for nothing.</param>
    public static string OfValue(string column, string? value, Language words) => value is null ? "–"
        : value == Discretion.Withheld ? words.Told(value)
        : column == "roles" ? string.Join(BetweenRoles, value.Split(BetweenRoles).Select(role => OfKind(role, words)))
        : value;
}
