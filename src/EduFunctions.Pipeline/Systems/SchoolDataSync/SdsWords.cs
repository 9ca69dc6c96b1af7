using System.Globalization;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>Microsoft's default lists of values, and how people come to theirs.</summary>
internal static class SdsWords
{
    public const string Student = "student";
    public const string Teacher = "teacher";
    public const string Guardian = "guardian";

    /// <summary>What contacts are at a school, who have no group of roles there.</summary>
    public const string Other = "other";

    /// <summary>The role groups of the vendor's list: all but the last two are staff.</summary>
    public static IReadOnlyList<string> Roles { get; } =
    [
        "principal", "chair", "professor", "researcher", "adjunct", "affiliate", "occupationalTherapist", "physicalTherapist", "speechTherapist", "visionTherapist",
        "paraprofessional", "specialServices", "advisor", "proctor", "nurse", "officeStaff", "lecturer", "itAdmin", "administrator", Teacher, "faculty", "staff",
        "teacherAssistant", "assistant", "instructor", "substitute", "coach", "alumni", Student, Other,
    ];

    public static IReadOnlyList<string> Orgs { get; } = ["school", "university", "college", "district", "state", "national", "local", "campus", "municipality", "department"];

    public static IReadOnlyList<string> Relationships { get; } = ["parent", Guardian, "relative", "aide", "doctor", "child", Other];

    /// <summary>Years of school from the one before the first; the list goes on with those of universities.</summary>
    public static IReadOnlyList<string> Grades { get; } =
        ["KG", .. Enumerable.Range(1, 13).Select(year => year.ToString("00", CultureInfo.InvariantCulture))];

    public static bool IsOfStaff(string role) => Roles.Contains(role) && role is not (Student or Other);

    public static string GradeOf(int schoolYear) => schoolYear >= 0 && schoolYear < Grades.Count ? Grades[schoolYear] : "";

    /// <summary>By number of the duty role.</summary>
    public static string[] OfDuties(RosterVocabulary vocabulary, SdsSettings settings) =>
        [.. vocabulary.DutyRoles.Select(role => settings.StaffRoles.GetValueOrDefault(role) ?? OfDuty(role))];

    private static string OfDuty(string role) => StaffKinds.Of(role) switch
    {
        StaffKind.Teacher => Teacher,
        StaffKind.Leader => "principal",
        StaffKind.Counsellor => "advisor",
        _ => "staff",
    };
}
