using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Commands;

/// <summary><c>init</c>: a tenant file to fill in, after one of the demo's or another tenant's.</summary>
internal static partial class InitCommand
{
    private const string DemoSecrets = "demo-";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The tenant file to write; its name without .json becomes the tenant's id." };
        var from = new Option<string>("--from") { Description = $"After which of the demo's ({string.Join(", ", Samples())}), or after which tenant file.", Required = true };
        var command = new Command("init", "Writes a tenant file to fill in, and says which secrets it wants.") { file, from };
        command.SetAction((parsed, ct) => CommandRun.RunAsync(async () => await WriteAsync(parsed.GetValue(file)!, parsed.GetValue(from)!, ct)));
        return command;
    }

    private static IEnumerable<string> Samples() => Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Demo", "tenants");

    private static async Task<int> WriteAsync(FileInfo file, string from, CancellationToken ct)
    {
        var id = Path.GetFileNameWithoutExtension(file.Name);
        if (!Regex.IsMatch(id, Tenant.NamePattern))
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"\"{id}\" cannot be a tenant's id: it must be 1 to 40 of a-z, 0-9 and hyphen.");
        }

        if (Directory.Exists(file.FullName) || file.Extension != ".json")
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{file} must be a file that ends in .json, such as tenants/my-town.json.");
        }

        if (file.Exists)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{file} is there already, and is left as it is. Name another file.");
        }

        var text = Renamed(await SampleAsync(from, ct), id);
        text = Samples().Contains(from) ? Name().Replace(text, $"$1\"{Placeholders.Mark}\"", 1) : text;
        try
        {
            file.Directory!.Create();
            await File.WriteAllTextAsync(file.FullName, text, ct);
        }
        catch (IOException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{file} cannot be written: {e.Message}");
        }

        Console.WriteLine($"{file}: {ToFillIn(text)}, then give it its secrets:");
        foreach (var secret in Secrets(text))
        {
            Console.WriteLine($"export {ConfigurationSecrets.Variable(secret)}=");
        }

        Console.WriteLine($"validate --connect {file}");
        return ExitCodes.Good;
    }

    /// <summary>Of a tenant's own file nobody can tell what is another's.</summary>
    private static string ToFillIn(string text) => Placeholders.In(Encoding.UTF8.GetBytes(text)) is { Count: > 0 } open
        ? $"fill in {string.Join(", ", open.Select(each => each.Path))} (docs/tenant.md tells every key)"
        : "put its own name, addresses, user names and host keys in the place of those it was made after";

    /// <summary>The text of one of the demo's, or of a tenant file.</summary>
    private static async Task<string> SampleAsync(string from, CancellationToken ct)
    {
        var path = Samples().Contains(from) ? Path.Combine(Folder, $"{from}.json") : from;
        return File.Exists(path)
            ? await File.ReadAllTextAsync(path, ct)
            : throw new CommandException(ExitCodes.BadConfiguration, $"--from must be one of {string.Join(", ", Samples())}, or a tenant file, not \"{from}\".");
    }

    /// <summary>The same with an id and secrets of its own; all else, comments included, stays as it is written.</summary>
    private static string Renamed(string sample, string id)
    {
        string was;
        try
        {
            was = (string?)JsonNode.Parse(sample, documentOptions: Lenient)!["id"] ?? "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CommandException(ExitCodes.BadConfiguration, "The file of --from is no tenant file.");
        }

        var own = Id().Replace(sample, match => match.Groups[1].Value == was ? match.Value.Replace($"\"{was}\"", $"\"{id}\"", StringComparison.Ordinal) : match.Value, 1);
        return Secret().Replace(own, match => $"{match.Groups[1].Value}\"{id}-{Bare(match.Groups[2].Value, was)}\"");
    }

    private static string Bare(string secret, string was) =>
        secret.StartsWith(DemoSecrets, StringComparison.Ordinal) ? secret[DemoSecrets.Length..]
        : secret.StartsWith($"{was}-", StringComparison.Ordinal) ? secret[(was.Length + 1)..]
        : secret;

    private static IEnumerable<string> Secrets(string tenant) => Names(JsonNode.Parse(tenant, documentOptions: Lenient)).Distinct();

    private static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } named when named["secret"] is JsonValue name => [(string)name!],
        JsonObject many => many.SelectMany(entry => Names(entry.Value)),
        JsonArray items => items.SelectMany(Names),
        _ => [],
    };

    [GeneratedRegex("\"id\"\\s*:\\s*\"([^\"]*)\"")]
    private static partial Regex Id();

    [GeneratedRegex("(\"name\"\\s*:\\s*)\"[^\"]*\"")]
    private static partial Regex Name();

    [GeneratedRegex("(\"secret\"\\s*:\\s*)\"([^\"]*)\"")]
    private static partial Regex Secret();
}
