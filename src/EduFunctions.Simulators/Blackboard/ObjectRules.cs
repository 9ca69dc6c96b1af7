namespace EduFunctions.Simulators.Blackboard;

/// <summary>An object as Learn knows it: what identifies a record, what a new one needs, and how long values may be.</summary>
internal sealed record ObjectRules(string Name, string[] Keys, string[] Required, Dictionary<string, int> Most)
{
    public static IReadOnlyDictionary<string, ObjectRules> All { get; } = new[]
    {
        new ObjectRules(
            "node", ["external_node_key"], ["external_node_key", "parent_node_key", "name"],
            new() { ["external_node_key"] = 255, ["parent_node_key"] = 64, ["name"] = 255 }) { IsPurged = true },
        new ObjectRules(
            "userassociation", ["external_association_key"], ["external_association_key", "external_node_key", "external_user_key"],
            new() { ["external_association_key"] = 64 }) { IsPurged = true },
        new ObjectRules(
            "courseassociation", ["external_association_key"], ["external_association_key", "external_node_key", "external_course_key"],
            new() { ["external_association_key"] = 64 }) { IsPurged = true },
        new ObjectRules(
            "person", ["external_person_key"], ["external_person_key", "user_id", "firstname", "lastname"],
            new() { ["external_person_key"] = 64, ["user_id"] = 50, ["firstname"] = 100, ["lastname"] = 100, ["email"] = 100, ["passwd"] = 32 }),
        new ObjectRules("secondaryinstrole", ["external_person_key", "role_id"], ["external_person_key", "role_id"], []),
        new ObjectRules(
            "course", ["external_course_key"], ["external_course_key", "course_id", "course_name"],
            new() { ["external_course_key"] = 64, ["course_id"] = 100, ["course_name"] = 255 }),
        new ObjectRules("membership", ["external_course_key", "external_person_key"], ["external_course_key", "external_person_key"], []),
        new ObjectRules("associateobserver", ["external_observer_key", "external_user_key"], ["external_observer_key", "external_user_key"], []),
    }.ToDictionary(kind => kind.Name);

    /// <summary>Whether a record that is deleted is gone, since nothing about it can be disabled.</summary>
    public bool IsPurged { get; private init; }

    /// <summary>The key that a row renames its record to; null when it does not.</summary>
    public string? NewKeyOf(IReadOnlyDictionary<string, string> row) => row.GetValueOrDefault($"new_{Keys[0]}", "") is { Length: > 0 } key ? key : null;

    public string KeyOf(IReadOnlyDictionary<string, string> row) => string.Join('|', Keys.Select(key => row.GetValueOrDefault(key, "")));
}
