using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>One of the six files with the columns of Apple's template. Further locations and instructors stand after them, by number.</summary>
internal sealed record AppleFile(string Name, params IReadOnlyList<string> Columns)
{
    public const string Location = "location_id";
    public const string Instructor = "instructor_id";
    public const string PersonNumber = "person_number";
    public const string FirstName = "first_name";
    public const string MiddleName = "middle_name";
    public const string LastName = "last_name";
    public const string GradeLevel = "grade_level";
    public const string Email = "email_address";
    public const string UserName = "sis_username";

    public static AppleFile Locations { get; } = new("locations.csv", Location, "location_name");

    public static AppleFile Students { get; } = new(
        "students.csv", "person_id", PersonNumber, FirstName, MiddleName, LastName, GradeLevel, Email, UserName, "password_policy", Location);

    public static AppleFile Staff { get; } = new(
        "staff.csv", "person_id", PersonNumber, FirstName, MiddleName, LastName, Email, UserName, Location);

    public static AppleFile Courses { get; } = new("courses.csv", "course_id", "course_number", "course_name", Location);

    public static AppleFile Classes { get; } = new(
        "classes.csv", "class_id", "class_number", "course_id", Instructor, Further(Instructor, 2), Further(Instructor, 3), Location);

    public static AppleFile Rosters { get; } = new("rosters.csv", "roster_id", "class_id", "student_id");

    /// <summary>In the order in which they stand in the zip.</summary>
    public static IReadOnlyList<AppleFile> All { get; } = [Locations, Students, Staff, Courses, Classes, Rosters];

    /// <summary>Columns of a person that a tenant may want filled.</summary>
    public static IReadOnlyList<string> Requirable { get; } = [PersonNumber, FirstName, MiddleName, LastName, GradeLevel, Email, UserName];

    public static TypedColumns Typed { get; } = new(
        ["location_name", FirstName, MiddleName, LastName, Email, "course_number", "course_name", "class_number"],
        ["person_id", PersonNumber, UserName, Location, Instructor, "course_id", "class_id", "roster_id", "student_id"],
        [GradeLevel, "password_policy"]);

    public static string Further(string column, int number) => $"{column}_{number}";
}
