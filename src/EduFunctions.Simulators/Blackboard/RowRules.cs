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

        string[] sources = [dataSource, row.GetValueOrDefault("new_data_source_key", "")];
        if (sources.FirstOrDefault(source => source.Length > 0 && !state.DataSources.Contains(source)) is { } unknown && !habits.MakesDataSources)
        {
            return $"The data source {unknown} does not exist.";
        }

        if (kind.NewKeyOf(row) is { } renamed && renamed != kind.KeyOf(row) && (existing is null || state.Find(kind.Name, renamed) is not null))
        {
            return "The key is taken, or there is no such record.";
        }

        return kind.Name switch
        {
            "person" => PersonRefusal(row),
            "secondaryinstrole" => UnknownPerson(row["external_person_key"]) ?? UnknownRole(row["role_id"]),
            "course" => CourseRefusal(row, existing),
            "node" => row["parent_node_key"] == row["external_node_key"] ? "A node hangs below itself." : UnknownNode(row["parent_node_key"]),
            "userassociation" => UnknownNode(row["external_node_key"]) ?? UnknownPerson(row["external_user_key"]) ?? KnownAssociation(kind, row, "external_user_key"),
            "courseassociation" => UnknownNode(row["external_node_key"]) ?? UnknownCourse(row["external_course_key"]) ?? KnownAssociation(kind, row, "external_course_key"),
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

    private string? UnknownNode(string key) => state.Find("node", key) is null ? "Invalid data for attribute: nodeBatchUid. Skipping entire record." : null;

    /// <summary>One that is renamed or moved is known, of course.</summary>
    private string? KnownAssociation(ObjectRules kind, IReadOnlyDictionary<string, string> row, string member) =>
        habits.RefusesKnownAssociations && !row.Keys.Any(header => header.StartsWith("new_", StringComparison.Ordinal))
        && state.Records(kind.Name).Any(known => known["external_node_key"] == row["external_node_key"] && known[member] == row[member])
            ? "The association exists already."
            : null;

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
