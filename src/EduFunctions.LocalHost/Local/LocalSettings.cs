using System.Text.Json;
using EduFunctions.LocalHost.Commands;

namespace EduFunctions.LocalHost.Local;

/// <summary>Settings of this machine, later ones winning: <c>local.settings.json</c> as the Functions host reads it, environment, options.</summary>
internal static class LocalSettings
{
    private const string FileName = "local.settings.json";

    public static IConfigurationRoot Read(params IReadOnlyList<KeyValuePair<string, string?>> overrides) => new ConfigurationBuilder()
        .AddInMemoryCollection(FileValues())
        .AddEnvironmentVariables()
        .AddInMemoryCollection(overrides)
        .Build();

    private static Dictionary<string, string?> FileValues()
    {
        if (!File.Exists(FileName))
        {
            return [];
        }

        try
        {
            var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            using var json = JsonDocument.Parse(File.ReadAllBytes(FileName), options);
            return json.RootElement.TryGetProperty("Values", out var values)
                ? values.EnumerateObject().ToDictionary(
                    value => value.Name.Replace("__", ":", StringComparison.Ordinal), value => (string?)value.Value.ToString())
                : [];
        }
        catch (JsonException e)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{FileName}, line {e.LineNumber + 1}, is no valid JSON. Correct it or take it away.");
        }
    }
}
