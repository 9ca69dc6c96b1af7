using System.Text.Json.Nodes;

namespace EduFunctions.LocalHost.Demo;

/// <summary>What the samples leave to be filled in and no server gives: by what the invented owners are known.</summary>
internal static class DemoValues
{
    public const string SystemId = "AB000000";
    public const string UnikumId = "solberga";

    /// <summary>Institution numbers of the Danish schools that are read from Unilogin.</summary>
    public static IReadOnlyList<string> Institutions { get; } = ["999001", "A99002"];

    public static void FillIn(JsonNode file)
    {
        switch ((string?)file["id"])
        {
            case "skovby":
                file["source"]!["institutions"] = new JsonArray([.. Institutions.Select(number => JsonValue.Create(number))]);
                file["source"]!["providerSystemId"] = SystemId;
                break;
            case "solberga":
                file["eligibility"]!["municipalities"] = new JsonArray("0199");
                var unikum = file["feeds"]!.AsArray().Single(feed => (string?)feed!["name"] == "unikum")!["settings"]!;
                (unikum["organisationId"], unikum["fileName"]) = (UnikumId, "Solberga");
                break;
            case "sonderby":
                file["feeds"]![0]!["settings"]!["namespace"] = "https://wsaimport.example/import";
                break;
        }
    }
}
