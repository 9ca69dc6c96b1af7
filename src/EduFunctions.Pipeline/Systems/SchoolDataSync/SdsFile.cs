using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

internal enum SdsKind
{
    Text,

    /// <summary>A name of somebody, which becomes an account's.</summary>
    PersonName,
    Id,

    /// <summary>Id of a row of another file.</summary>
    Reference,

    /// <summary>A login with its domain.</summary>
    UserName,
    Email,

    /// <summary>One of a list.</summary>
    Word,
    Date,
    Year,
    Flag,
}

/// <param name="Values">Of a word, all there are; of a reference, the file it leads to.</param>
internal sealed record SdsColumn(string Name, SdsKind Kind = SdsKind.Text, bool IsRequired = false, params string[] Values);

/// <summary>A file of the format with its columns, and how many of them, from the first, may stand together once only.</summary>
internal sealed record SdsFile(string Name, int KeyColumns, params SdsColumn[] Columns)
{
    /// <summary>Columns of the format that we do not write.</summary>
    public SdsColumn[] Others { get; init; } = [];

    public static SdsFile AcademicSessions { get; } = new("academicSessions.csv", 1,
        Id, new("title", IsRequired: true), new("type", SdsKind.Word, true, "schoolYear", "semester", "term", "gradingPeriod"), new("schoolYear", SdsKind.Year),
        new("startDate", SdsKind.Date), new("endDate", SdsKind.Date));

    public static SdsFile Orgs { get; } = new("orgs.csv", 1, Id, new("name", IsRequired: true), new("type", SdsKind.Word, true, [.. SdsWords.Orgs]))
    {
        Others = [Reference("parentSourcedId", "orgs.csv") with { IsRequired = false }],
    };

    public static SdsFile Users { get; } = new("users.csv", 1,
        Id, new("username", SdsKind.UserName, true), new("givenName", SdsKind.PersonName, true), new("familyName", SdsKind.PersonName, true), new("email", SdsKind.Email))
    {
        Others = [new("password"), new("activeDirectoryMatchId", SdsKind.UserName), new("phone"), new("sms")],
    };

    public static SdsFile Roles { get; } = new("roles.csv", 3,
        Reference("userSourcedId", "users.csv"), Reference("orgSourcedId", "orgs.csv"), new("role", SdsKind.Word, true, [.. SdsWords.Roles]),
        new("grade", SdsKind.Word, false, [.. SdsWords.Grades]), new("isPrimary", SdsKind.Flag))
    {
        Others = [Reference("sessionSourcedId", "academicSessions.csv") with { IsRequired = false }, new("roleStartDate", SdsKind.Date), new("roleEndDate", SdsKind.Date)],
    };

    public static SdsFile Courses { get; } = new("courses.csv", 1,
        Id, Reference("orgSourcedId", "orgs.csv"), new("title", IsRequired: true), new("code"), Reference("schoolYearSourcedId", "academicSessions.csv") with { IsRequired = false })
    {
        Others = [new("subject"), new("grade")],
    };

    public static SdsFile Classes { get; } = new("classes.csv", 1,
        Id, Reference("orgSourcedId", "orgs.csv"), new("title", IsRequired: true), Reference("sessionSourcedIds", "academicSessions.csv") with { IsRequired = false },
        Reference("courseSourcedId", "courses.csv") with { IsRequired = false })
    {
        Others = [new("code")],
    };

    public static SdsFile Enrollments { get; } = new("enrollments.csv", 2,
        Reference("classSourcedId", "classes.csv"), Reference("userSourcedId", "users.csv"), new("role", SdsKind.Word, true, "student", "teacher"));

    public static SdsFile Relationships { get; } = new("relationships.csv", 2,
        Reference("userSourcedId", "users.csv"), Reference("relationshipUserSourcedId", "users.csv"), new("relationshipRole", SdsKind.Word, true, [.. SdsWords.Relationships]));

    /// <summary>Each refers to earlier ones.</summary>
    public static IReadOnlyList<SdsFile> All { get; } = [AcademicSessions, Orgs, Users, Roles, Courses, Classes, Enrollments, Relationships];

    public static TypedColumns Typed { get; } = new(
        Titles(SdsKind.Text, SdsKind.PersonName, SdsKind.Email), Titles(SdsKind.Id, SdsKind.Reference, SdsKind.UserName), Titles(SdsKind.Word, SdsKind.Date, SdsKind.Year, SdsKind.Flag));

    private static IEnumerable<string> Titles(params SdsKind[] kinds) =>
        All.SelectMany(file => file.Columns.Concat(file.Others)).Where(column => kinds.Contains(column.Kind)).Select(column => column.Name);

    private static SdsColumn Id => new("sourcedId", SdsKind.Id, IsRequired: true);

    /// <summary>Files of the format that hold nothing of a roster.</summary>
    public static IReadOnlyList<string> Aside { get; } = ["demographics.csv", "userFlags.csv"];

    /// <summary>The same ones every time: a file that no longer comes is taken as if all in it were gone.</summary>
    public static IReadOnlyList<SdsFile> Of(SdsSettings settings) => settings.Guardians ? All : [.. All.Except([Relationships])];

    private static SdsColumn Reference(string name, string file) => new(name, SdsKind.Reference, IsRequired: true, file);
}
