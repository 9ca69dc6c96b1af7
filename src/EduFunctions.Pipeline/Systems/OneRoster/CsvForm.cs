namespace EduFunctions.Pipeline.Systems.OneRoster;

internal enum ValueKind
{
    Text,
    Id,

    /// <summary>Id of a row of another file.</summary>
    Reference,

    /// <summary>Several of them, separated by commas.</summary>
    References,
    Date,

    /// <summary>Senders write it in many ways, and nobody reads it.</summary>
    Year,
    Flag,

    /// <summary>One of a list, or of the sender's own with <c>ext:</c> before it; nobody reads it.</summary>
    Word,

    /// <summary>One of a list by which somebody becomes something, or one of the sender's own that <see cref="OwnWords"/> knows.</summary>
    DecidingWord,

    /// <summary>Has to be empty in files that hold everything; some senders say <c>active</c>, which is no less.</summary>
    Empty,
}

/// <param name="Values">Of a word, all there are; of a reference, the file it leads to.</param>
internal sealed record CsvColumn(string Name, ValueKind Kind = ValueKind.Text, bool IsRequired = false, params string[] Values)
{
    /// <summary>Whether the form allows it there.</summary>
    public bool IsWord(string value) => Values.Contains(value) || OwnWords.IsOwn(value);
}

/// <summary>A file of the form, by its name without <c>.csv</c>.</summary>
internal sealed record CsvFile(string Name, params CsvColumn[] Columns)
{
    public string FileName => $"{Name}.csv";

    /// <summary>Whether it has columns of the form beside those that are read.</summary>
    public bool HasOthers { get; init; }
}

/// <summary>The seven files of OneRoster 1.2 that a roster needs, in an order in which each refers to earlier ones and to itself.</summary>
internal static class CsvForm
{
    public const string Version = "1.2";

    /// <summary>What columns begin with that are not of the form.</summary>
    public const string Extension = "metadata.";

    /// <summary>What words begin with that are not of the form.</summary>
    public const string OwnWord = "ext:";

    private static readonly CsvColumn SourcedId = new("sourcedId", ValueKind.Id, IsRequired: true);
    private static readonly CsvColumn Status = new("status", ValueKind.Empty);
    private static readonly CsvColumn Modified = new("dateLastModified");

    public static readonly CsvFile AcademicSessions = new("academicSessions",
        SourcedId, Status, Modified, new("title", IsRequired: true), new("type", ValueKind.Word, true, "gradingPeriod", "semester", "schoolYear", "term"),
        new("startDate", ValueKind.Date, true), new("endDate", ValueKind.Date, true), new("parentSourcedId", ValueKind.Reference, false, "academicSessions"),
        new("schoolYear", ValueKind.Year, true));

    public static readonly CsvFile Orgs = new("orgs",
        SourcedId, Status, Modified, new("name", IsRequired: true),
        new("type", ValueKind.DecidingWord, true, "department", "school", "district", "local", "state", "national"),
        new("identifier"), new("parentSourcedId", ValueKind.Reference, false, "orgs"));

    public static readonly CsvFile Courses = new("courses",
        SourcedId, Status, Modified, new("schoolYearSourcedId", ValueKind.Reference, false, "academicSessions"), new("title", IsRequired: true), new("courseCode"),
        new("grades"), new("orgSourcedId", ValueKind.Reference, true, "orgs"), new("subjects"), new("subjectCodes"));

    public static readonly CsvFile Users = new("users",
        SourcedId, Status, Modified, new("enabledUser", ValueKind.Flag, true), new("username", IsRequired: true), new("userIds"), new("givenName", IsRequired: true),
        new("familyName", IsRequired: true), new("middleName"), new("identifier"), new("email"), new("sms"), new("phone"),
        new("agentSourcedIds", ValueKind.References, false, "users"), new("grades"), new("password"), new("userMasterIdentifier"), new("resourceSourcedIds"),
        new("preferredGivenName"), new("preferredMiddleName"), new("preferredFamilyName"), new("primaryOrgSourcedId", ValueKind.Reference, false, "orgs"), new("pronouns"));

    public static readonly CsvFile Roles = new("roles",
        SourcedId, Status, Modified, new("userSourcedId", ValueKind.Reference, true, "users"), new("roleType", ValueKind.Word, true, "primary", "secondary"),
        new("role", ValueKind.DecidingWord, true,
            "student", "teacher", "aide", "administrator", "principal", "counselor", "proctor", "siteAdministrator", "districtAdministrator", "systemAdministrator",
            "guardian", "parent", "relative"),
        new("beginDate", ValueKind.Date), new("endDate", ValueKind.Date), new("orgSourcedId", ValueKind.Reference, true, "orgs"), new("userProfileSourcedId"));

    public static readonly CsvFile Classes = new("classes",
        SourcedId, Status, Modified, new("title", IsRequired: true), new("grades"), new("courseSourcedId", ValueKind.Reference, true, "courses"), new("classCode"),
        new("classType", ValueKind.DecidingWord, true, "homeroom", "scheduled"), new("location"), new("schoolSourcedId", ValueKind.Reference, true, "orgs"),
        new("termSourcedIds", ValueKind.References, true, "academicSessions"), new("subjects"), new("subjectCodes"), new("periods"));

    public static readonly CsvFile Enrollments = new("enrollments",
        SourcedId, Status, Modified, new("classSourcedId", ValueKind.Reference, true, "classes"), new("schoolSourcedId", ValueKind.Reference, true, "orgs"),
        new("userSourcedId", ValueKind.Reference, true, "users"),
        new("role", ValueKind.DecidingWord, true, "student", "teacher", "aide", "administrator", "proctor"),
        new("primary", ValueKind.Flag), new("beginDate", ValueKind.Date), new("endDate", ValueKind.Date));

    /// <summary>Race, sex and birth of users: no roster needs any of it. Only what a sender's own columns may say of protection is taken.</summary>
    public static readonly CsvFile Demographics = new("demographics", SourcedId) { HasOthers = true };

    /// <summary>Whether it is a role that a user can have.</summary>
    public static bool IsRole(string role) => RoleWord.Values.Contains(role);

    private static CsvColumn RoleWord { get; } = Roles.Columns.Single(column => column.Name == "role");

    public static IReadOnlyList<CsvFile> Files { get; } = [AcademicSessions, Orgs, Courses, Users, Roles, Classes, Enrollments];

    /// <summary>All words by which somebody becomes something.</summary>
    public static IReadOnlyList<string> DecidingWords { get; } =
        [.. Files.SelectMany(file => file.Columns).Where(column => column.Kind == ValueKind.DecidingWord).SelectMany(column => column.Values).Distinct()];

    /// <summary>All files that the form has, in the order of its manifest.</summary>
    public static IReadOnlyList<string> AllNames { get; } =
    [
        "academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics", "enrollments",
        "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales", "orgs", "resources", "resultLearningObjectiveIds", "results", "resultScoreScales",
        "roles", "scoreScales", "userProfiles", "userResources", "users",
    ];
}
