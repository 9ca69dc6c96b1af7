namespace EduFunctions.Pipeline.Feeds;

/// <summary>What targets with few words for staff have to know of a duty.</summary>
internal enum StaffKind
{
    Other,
    Teacher,
    Leader,
    Counsellor,
}

/// <summary>Kinds of staff by the words that registers have for duties. Whatever is not here is other staff: a wrong guess would give rights.</summary>
internal static class StaffKinds
{
    private static readonly Dictionary<string, StaffKind> ByDutyRole = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Lärare"] = StaffKind.Teacher,
        ["Förskollärare"] = StaffKind.Teacher,
        ["Förstelärare"] = StaffKind.Teacher,
        ["Speciallärare/specialpedagog"] = StaffKind.Teacher,
        ["Lærer"] = StaffKind.Teacher,
        ["Pædagog"] = StaffKind.Teacher,
        ["Vikar"] = StaffKind.Teacher,
        ["teacher"] = StaffKind.Teacher,
        ["Rektor"] = StaffKind.Leader,
        ["Förskolechef"] = StaffKind.Leader,
        ["Leder"] = StaffKind.Leader,
        ["Ledelse"] = StaffKind.Leader,
        ["principal"] = StaffKind.Leader,
        ["Kurator"] = StaffKind.Counsellor,
        ["Skolpsykolog"] = StaffKind.Counsellor,
        ["Studie- och yrkesvägledare"] = StaffKind.Counsellor,
        ["counselor"] = StaffKind.Counsellor,
    };

    public static StaffKind Of(string dutyRole) => ByDutyRole.GetValueOrDefault(dutyRole);
}
