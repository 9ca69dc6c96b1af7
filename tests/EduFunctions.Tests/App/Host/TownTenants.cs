using System.Text.Json.Nodes;
using EduFunctions.Tests.CommandLine;

namespace EduFunctions.Tests.App.Host;

/// <summary>Tenants like a town's, each with sections of other kinds, so that no two zips are alike by chance.</summary>
internal static class TownTenants
{
    private static readonly string[][] GroupTypes = [["Undervisning"], ["Klass"], ["Mentor"], ["Undervisning", "Klass"], ["Klass", "Mentor"]];

    public static List<string> Write(Town town, int count)
    {
        var tenants = Enumerable.Range(1, count).Select(at => $"{town.Id}-{at}").ToList();
        Directory.CreateDirectory(Path.Combine(town.Folder, "tenants"));
        foreach (var (at, id) in tenants.Index())
        {
            var file = town.File.DeepClone().AsObject();
            file["id"] = id;
            file["feeds"]![0]!["settings"] = new JsonObject { ["groupTypes"] = new JsonArray([.. GroupTypes[at].Select(type => JsonValue.Create(type))]) };
            File.WriteAllText(Path.Combine(town.Folder, "tenants", $"{id}.json"), file.ToJsonString());
        }

        return tenants;
    }

    public static async Task PublishAsync(Town town, IEnumerable<string> tenants)
    {
        foreach (var tenant in tenants)
        {
            await town.Container("tenants").GetBlobClient($"{tenant}.json").UploadAsync(Path.Combine(town.Folder, "tenants", $"{tenant}.json"), overwrite: true);
        }
    }
}
