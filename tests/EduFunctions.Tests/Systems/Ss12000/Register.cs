using System.Text.Json.Nodes;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>A register that is not EduCloud: how it answers, and the settings that read it.</summary>
internal sealed record Register(Action<EduCloudHabits> Answering, JsonObject Settings)
{
    public static Register Of(string name) => name switch
    {
        "reference" => new(Registers.Reference, Source("bearer", Secret(TenantJson.HandedSecret), Without())),
        "small administration" => new(Registers.SmallAdministration, Source("clientCredentials", new JsonObject { ["clientSecret"] = Secret(TenantJson.SourceSecret) }, Without())),
        "lists" => new(Registers.Lists, Source("apiKey", new JsonObject { ["value"] = Secret(TenantJson.HandedSecret) }, ("paging", "offset"))),
        _ => throw new ArgumentException($"There is no register {name}."),
    };

    public static JsonObject Secret(string name) => new() { ["secret"] = name };

    public static JsonObject Source(string wayIn, JsonObject credentials, params (string Key, JsonNode Value)[] more)
    {
        var source = new JsonObject { ["type"] = "ss12000", [wayIn] = credentials };
        foreach (var (key, value) in more)
        {
            source[key] = value;
        }

        return source;
    }

    private static (string Key, JsonNode Value) Without() => ("without", new JsonArray("placements", "syllabuses"));
}
