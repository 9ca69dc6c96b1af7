using System.Text.Json.Nodes;

namespace EduFunctions.Tests.Oracle;

/// <summary>"Aktiv enhet" and "Till LMS": handed out at all, on a list, or marked by properties.</summary>
internal sealed class Selection(Choices choices)
{
    public bool IsActive(JsonObject unit) =>
        choices.ActiveUnitProperty is { } property ? Says(unit[property], "1") : IsListed(unit, choices.SelectedUnits);

    public bool UnitIsToLms(JsonObject unit) =>
        choices.ToLmsProperty is { } property ? Says(unit[property], "Y") : IsListed(unit, choices.SelectedUnits);

    public bool GroupIsToLms(JsonObject group) =>
        choices.ToLmsProperty is { } property ? Says(group[property], "Y") : IsListed(group, choices.SelectedGroups);

    private static bool IsListed(JsonObject entity, JsonNode? list) =>
        list is null || list.Texts().Any(listed => listed == entity.Id() || listed == entity.Text("schoolUnitCode"));

    private static bool Says(JsonNode? value, string wanted) =>
        value is not null
        && new[] { wanted, "true" }.Contains(value.ToJsonString().Trim('"'), StringComparer.OrdinalIgnoreCase);
}
