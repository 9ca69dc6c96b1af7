using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>init</c>: a tenant file to fill in, after one of the demo's.</summary>
internal static class InitCommand
{
    private const string DemoSecrets = "demo-";

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The tenant file to write; its name without .json becomes the tenant's id." };
        var from = new Option<string>("--from") { Description = $"After which of the demo's: {string.Join(", ", Samples())}.", Required = true };
        var command = new Command("init", "Writes a tenant file to fill in, and says which secrets it wants.") { file, from };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () => await WriteAsync(parsed.GetValue(file)!, parsed.GetValue(from)!, ct)));
        return command;
    }

    private static IEnumerable<string> Samples() => Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Demo", "tenants");

    private static async Task<int> WriteAsync(FileInfo file, string from, CancellationToken ct)
    {
        var id = Path.GetFileNameWithoutExtension(file.Name);
        if (!Samples().Contains(from))
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"--from must be one of {string.Join(", ", Samples())}, not \"{from}\".");
        }

        if (!Regex.IsMatch(id, Tenant.NamePattern))
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"\"{id}\" cannot be a tenant's id: it must be 1 to 40 of a-z, 0-9 and hyphen.");
        }

        if (file.Exists)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{file} is there already, and is left as it is. Name another file.");
        }

        var text = (await File.ReadAllTextAsync(Path.Combine(Folder, $"{from}.json"), ct))
            .Replace($"\"id\": \"{from}\"", $"\"id\": \"{id}\"", StringComparison.Ordinal)
            .Replace(DemoSecrets, $"{id}-", StringComparison.Ordinal);
        file.Directory!.Create();
        await File.WriteAllTextAsync(file.FullName, text, ct);
        Console.WriteLine($"{file}: fill in name, addresses, user names and host keys (docs/tenant.md tells every key), then give it its secrets:");
        foreach (var secret in Secrets(text))
        {
            Console.WriteLine($"export {ConfigurationSecrets.Variable(secret)}=");
        }

        Console.WriteLine($"validate --connect {file}");
        return ExitCodes.Good;
    }

    private static IEnumerable<string> Secrets(string tenant)
    {
        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        return Names(JsonNode.Parse(tenant, documentOptions: options)).Distinct();
    }

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } named when named["secret"] is JsonValue name => [(string)name!],
        JsonObject many => many.SelectMany(entry => Names(entry.Value)),
        JsonArray items => items.SelectMany(Names),
        _ => [],
    };
}
