namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>The closed lists of the import, and what a Swedish register's values are in them unless the settings say otherwise.</summary>
internal static class ImportValues
{
    public const string MainGroup = "Hovedgruppe";
    public const string OtherLevel = "Andet";

    public static IReadOnlyList<string> Levels { get; } =
        ["DT", .. Enumerable.Range(0, 11).Select(year => $"{year}"), "U1", "U2", "U3", "U4", "VU", OtherLevel];

    public static IReadOnlyList<string> GroupTypes { get; } = [MainGroup, "Årgang", "Retning", "Hold", "SFO", "Team", "Andet"];

    public static IReadOnlyList<string> StudentRoles { get; } = ["Barn", "Elev", "Studerende"];

    public static IReadOnlyList<string> EmployeeRoles { get; } = ["Lærer", "Pædagog", "Vikar", "Leder", "Ledelse", "TAP", "Konsulent"];

    public static IReadOnlyList<string> ExternRoles { get; } = ["Praktikant", "Ekstern"];

    public static IReadOnlyList<string> Relations { get; } = ["Mor", "Far", "Andet", "Officielt tilknyttet person"];

    public static IReadOnlyDictionary<string, string> DefaultGroupTypes { get; } = new Dictionary<string, string>(Same(GroupTypes))
    {
        ["Klass"] = MainGroup,
        ["Avdelning"] = MainGroup,
        ["Undervisning"] = "Hold",
    };

    private static readonly Dictionary<string, string> RoleOfDuty = new(Same([.. EmployeeRoles, .. ExternRoles]))
    {
        ["Lärare"] = "Lærer",
        ["Förstelärare"] = "Lærer",
        ["Speciallärare/specialpedagog"] = "Lærer",
        ["Förskollärare"] = "Pædagog",
        ["Barnskötare"] = "Pædagog",
        ["Fritidspedagog"] = "Pædagog",
        ["Lärarassistent"] = "Pædagog",
        ["Övrig pedagogisk personal"] = "Pædagog",
        ["Rektor"] = "Leder",
        ["Förskolechef"] = "Leder",
        ["Övrig arbetsledning"] = "Ledelse",
        ["Studie- och yrkesvägledare"] = "Konsulent",
        ["Kurator"] = "Konsulent",
        ["Skolpsykolog"] = "Konsulent",
        ["Bibliotekarie"] = "TAP",
        ["Skolsköterska"] = "TAP",
        ["Skolläkare"] = "TAP",
        ["Skoladministratör"] = "TAP",
        ["Annan personal"] = "TAP",
    };

    // A register that has levels itself gives them for school types where they are no years.
    private static readonly HashSet<string> Preschool = ["FS", "DT"];
    private static readonly HashSet<string> Leisure = ["FTH", "OPPFTH"];
    private static readonly HashSet<string> Upper = ["GY", "GYS"];
    private static readonly HashSet<string> UpperYears = ["U1", "U2", "U3", "U4"];

    private static readonly HashSet<string> Adult =
    [
        "VUX", "VUXSFI", "VUXGR", "VUXGY", "VUXSARGR", "VUXSARTR", "VUXSARGY", "SFI", "SARVUX", "SARVUXGR", "SARVUXGY", "KU", "YH", "FHS", "STF", "KKU",
        "HS", "ABU", "AU", "VU",
    ];

    /// <summary>Null for a duty that has no counterpart.</summary>
    public static string? Role(string duty) => RoleOfDuty.GetValueOrDefault(duty);

    /// <summary>Care beside school says less of a pupil than the school does.</summary>
    public static bool IsLeisure(string schoolType) => Leisure.Contains(schoolType);

    public static string StudentRole(string schoolType) =>
        Preschool.Contains(schoolType) ? "Barn" : new[] { Upper, UpperYears, Adult }.Any(types => types.Contains(schoolType)) ? "Studerende" : "Elev";

    /// <param name="year">-1 when the register does not say it.</param>
    /// <returns>Null when it cannot be told.</returns>
    public static string? Level(string schoolType, int year) =>
        Preschool.Contains(schoolType) ? "DT"
        : UpperYears.Contains(schoolType) || schoolType == OtherLevel ? schoolType
        : schoolType == "FKLASS" ? "0"
        : Upper.Contains(schoolType) ? (year is >= 1 and <= 4 ? $"U{year}" : null)
        : Adult.Contains(schoolType) ? "VU"
        : year is >= 0 and <= 10 ? $"{year}"
        : null;

    private static Dictionary<string, string> Same(IEnumerable<string> values) => values.ToDictionary(value => value);
}
