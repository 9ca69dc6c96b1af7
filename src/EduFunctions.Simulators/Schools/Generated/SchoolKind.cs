namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>What kind of school it is, and what is taught there.</summary>
internal sealed record SchoolKind(string NameEnding, string SchoolType, int FirstYear, int Years, int AgeInFirstYear, bool HasSubjects)
{
    public const int SubjectsPerClass = 8;

    public static SchoolKind Primary { get; } = new("skolan F-6", "GR", 0, 7, 6, true);

    public static SchoolKind Secondary { get; } = new("skolan 7-9", "GR", 7, 3, 13, true);

    public static SchoolKind Preschool { get; } = new(" förskola", "FS", 0, 5, 1, false);

    public static SchoolKind Upper { get; } = new("gymnasiet", "GY", 1, 3, 16, true);

    private static readonly SchoolKind[] Rotation = [Primary, Secondary, Preschool, Upper];

    public int Subjects => HasSubjects ? SubjectsPerClass : 0;

    public IReadOnlyList<string> SchoolTypes => this == Primary ? ["FKLASS", "GR", "FTH"] : [SchoolType];

    public static SchoolKind Of(int schoolIndex) => Rotation[schoolIndex % Rotation.Length];

    public string SchoolTypeOf(int year) => this == Primary && year == 0 ? "FKLASS" : SchoolType;
}
