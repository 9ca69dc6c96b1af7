using System.Globalization;

namespace EduFunctions.Simulators.Blackboard;

/// <summary>Why Learn takes a row not. Rows that are refused are skipped, the others go on.</summary>
internal sealed class RowRules(LearnState state, LearnHabits habits)
{
    public string? Refusal(ObjectRules kind, IReadOnlyDictionary<string, string> row, LearnRecord? existing, string dataSource)
    {
        if (kind.Required.FirstOrDefault(header => row.GetValueOrDefault(header, "").Length == 0) is { } missing)
        {
            return $"Invalid data for attribute: {missing}. Skipping entire record.";
        }

        if (kind.Most.FirstOrDefault(limit => row.GetValueOrDefault(limit.Key, "").Length > limit.Value) is { Key: { } tooLong })
        {
            return $"Invalid data for attribute: {tooLong}. Skipping entire record.";
        }

        if (row.Values.Any(value => value.Contains('*', StringComparison.Ordinal)))
        {
            return "Invalid data: asterisk. Skipping entire record.";
        }

        if (!state.DataSources.Contains(dataSource) && !habits.MakesDataSources)
        {
            return $"The data source {dataSource} does not exist.";
        }

        return kind.Name switch
        {
            "person" => PersonRefusal(row),
            "secondaryinstrole" => UnknownPerson(row["external_person_key"]) ?? UnknownRole(row["role_id"]),
            "course" => CourseRefusal(row, existing),
            "membership" => UnknownCourse(row["external_course_key"]) ?? UnknownPerson(row["external_person_key"]),
            _ => AssociationRefusal(row),
        };
    }

    private string? PersonRefusal(IReadOnlyDictionary<string, string> row) =>
        state.HolderOf(row["user_id"]) is { } holder && holder != row["external_person_key"]
            ? "Invalid data for attribute: user_id. Skipping entire record. Reason: it is taken."
            : row.GetValueOrDefault("institution_role", "") is { Length: > 0 } role ? UnknownRole(role) : null;

    private static string? CourseRefusal(IReadOnlyDictionary<string, string> row, LearnRecord? existing) =>
        row["course_id"].IndexOfAny([' ', '&', '/', '\'', '+']) >= 0 ? "Invalid data for attribute: course_id. Skipping entire record."
        : existing is not null && existing["course_id"] != row["course_id"] ? "The course_id cannot be changed."
        : null;

    /// <summary>Only who is to observe has to be one, and only a student can be observed.</summary>
    private string? AssociationRefusal(IReadOnlyDictionary<string, string> row)
    {
        var (observer, user) = (state.Find("person", row["external_observer_key"]), state.Find("person", row["external_user_key"]));
        var isEnabled = row.GetValueOrDefault("row_status", "enabled").Equals("enabled", StringComparison.OrdinalIgnoreCase);
        return observer is null || user is null ? "Invalid data for attribute: userBatchUid. Skipping entire record."
            : isEnabled && observer["system_role"] != "observer" ? "The observer lacks the system role."
            : isEnabled && !user["institution_role"].Equals("STUDENT", StringComparison.OrdinalIgnoreCase) ? "Only students are observed."
            : null;
    }

    private string? UnknownPerson(string key) =>
        state.Find("person", key) is null
            ? "Invalid data for attribute: userBatchUid. Skipping entire record. Reason: The User BatchUid is not valid"
            : null;

    private string? UnknownCourse(string key) =>
        state.Find("course", key) is null
            ? "Invalid data for attribute: courseBatchUid. Skipping entire record. Reason: The Course BatchUid is not valid"
            : null;

    private string? UnknownRole(string role) =>
        state.InstitutionRoles.Contains(role) ? null : string.Create(CultureInfo.InvariantCulture, $"The institution role {role} does not exist.");
}
