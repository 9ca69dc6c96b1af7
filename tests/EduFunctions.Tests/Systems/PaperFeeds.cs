using System.Text.Json.Nodes;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Systems;

/// <summary>Tenant files with one feed, for nights on paper: the targets are never called.</summary>
internal static class PaperFeeds
{
    public static Action<JsonObject> Apple(JsonObject? settings = null) => tenant => tenant["feeds"]![0]!["settings"] = settings ?? [];

    public static Action<JsonObject> Learn(JsonObject? settings = null) => Of("blackboard", settings, new JsonObject
    {
        ["type"] = "blackboard",
        ["baseUrl"] = "https://learn.example/endpoint",
        ["username"] = "paper",
        ["password"] = new JsonObject { ["secret"] = TenantJson.LearnSecret },
    });

    public static Action<JsonObject> Unikum(JsonObject? settings = null) => tenant =>
    {
        var all = new JsonObject { ["organisationId"] = "nordhamn" };
        all.Merge(settings ?? []);
        tenant["feeds"] = new JsonArray(TenantJson.FeedOf("unikumRelations", all));
    };

    public static Action<JsonObject> OneRoster(JsonObject? settings = null) => OverSftp("oneRosterCsv", settings);

    public static Action<JsonObject> SchoolDataSync(JsonObject? settings = null) => OverSftp("schoolDataSync", settings);

    public static Action<JsonObject> Scim(JsonObject? settings = null) => Of("scim", settings, new JsonObject
    {
        ["type"] = "scim",
        ["baseUrl"] = "https://scim.example/v2",
        ["token"] = new JsonObject { ["secret"] = TenantJson.LearnSecret },
    });

    public static Action<JsonObject> UniloginImport() => tenant =>
    {
        tenant["privacy"] = new JsonObject { ["includeCivicNumber"] = true };
        Of("uniloginImport", new JsonObject { ["namespace"] = "https://import.example/ns" }, new JsonObject
        {
            ["type"] = "uniloginImport",
            ["version"] = 7,
            ["endpoint"] = "https://import.example/",
            ["namespace"] = "https://import.example/ns",
            ["username"] = "paper",
            ["password"] = new JsonObject { ["secret"] = TenantJson.ImportSecret },
        })(tenant);
    };

    private static Action<JsonObject> OverSftp(string type, JsonObject? settings) =>
        tenant => tenant["feeds"] = new JsonArray(TenantJson.FeedOf(type, settings?.DeepClone().AsObject() ?? []));

    private static Action<JsonObject> Of(string type, JsonObject? settings, JsonObject delivery) => tenant => tenant["feeds"] = new JsonArray(new JsonObject
    {
        ["name"] = "paper",
        ["type"] = type,
        ["settings"] = settings?.DeepClone() ?? new JsonObject(),
        ["delivery"] = delivery.DeepClone(),
    });
}
