using System.Text.Json.Nodes;

namespace EduFunctions.Tests.Oracle;

/// <summary>What the tenant chose, straight from its file.</summary>
internal sealed class Choices(JsonObject tenant)
{
    public int Margin => Eligibility("dateMarginDays").AsNumber() ?? 14;

    public string[] Municipalities => [.. Eligibility("municipalities").Texts().Select(code => code.PadLeft(4, '0'))];

    public string[] SchoolTypes => [.. Eligibility("schoolTypes").Texts()];

    public string[] UnitTypes => Eligibility("unitTypes") is { } types ? [.. types.Texts()] : ["Skolenhet"];

    public bool DutiesAtParents => Eligibility("dutiesAtParents").IsTrue();

    public string[] GuardianRelations => Eligibility("guardianRelations") is { } relations ? [.. relations.Texts()] : ["Vårdnadshavare"];

    public JsonNode? SelectedUnits => Eligibility("selection")?["units"];

    public JsonNode? SelectedGroups => Eligibility("selection")?["groups"];

    public string? ActiveUnitProperty => Eligibility("selection")?["property"]?["activeUnit"].AsText();

    public string? ToLmsProperty => Eligibility("selection")?["property"]?["toLms"].AsText();

    public bool IncludesUnmarked => Eligibility("unknownSecurityMarking").AsText() == "include";

    public bool AcceptsUnmarkedProtection => Eligibility("acceptUnmarkedProtection").IsTrue();

    public string[] ClassTypes => Apple("groupTypes") is { } types ? [.. types.Texts()] : ["Undervisning", "Klass"];

    public string PersonNumber => Apple("personNumber").AsText() ?? "";

    public bool EmailRequired => Apple("emailRequired").IsTrue();

    public string PasswordPolicy(string schoolYear) => Apple("passwordPolicy")?[schoolYear].AsText() ?? "";

    private JsonNode? Eligibility(string name) => tenant["eligibility"]?[name];

    private JsonNode? Apple(string name) => tenant["feeds"]![0]!["settings"]?[name];
}
