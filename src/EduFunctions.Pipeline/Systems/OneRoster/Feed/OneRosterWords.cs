using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>The form's words for what people are, and how staff come to theirs.</summary>
internal static class OneRosterWords
{
    public const string Student = "student";
    public const string Teacher = "teacher";
    public const string Guardian = "guardian";

    /// <summary>What a user can be at an org that is staff.</summary>
    public static IReadOnlyList<string> OfStaff { get; } =
        ["aide", "counselor", "districtAdministrator", "principal", "proctor", "siteAdministrator", "systemAdministrator", Teacher];

    public static bool IsOfStaff(string word) =>
        OfStaff.Contains(word) || (word.StartsWith(CsvForm.OwnWord, StringComparison.Ordinal) && word.Length > CsvForm.OwnWord.Length);

    /// <summary>By number of the duty role.</summary>
    public static string[] OfDuties(RosterVocabulary vocabulary, OneRosterFeedSettings settings) =>
        [.. vocabulary.DutyRoles.Select(role => settings.StaffRoles.GetValueOrDefault(role) ?? OfDuty(role))];

    private static string OfDuty(string role) =>
        OfStaff.Contains(role) ? role
        : role == "administrator" ? "siteAdministrator"
        : StaffKinds.Of(role) switch
        {
            StaffKind.Teacher => Teacher,
            StaffKind.Leader => "principal",
            StaffKind.Counsellor => "counselor",
            _ => "aide",
        };
}
