using System.CommandLine;

namespace EduFunctions.LocalHost.Commands;

/// <summary>Options that several commands take.</summary>
internal static class Options
{
    public static Option<string?> Storage() => new("--storage")
    {
        Description = "Connection string of the storage account; default AzureWebJobsStorage from the environment or local.settings.json, else Azurite.",
    };

    public static Option<string> Tenant() => new("--tenant") { Description = "The tenant's id.", Required = true };

    public static Option<DirectoryInfo> Tenants(bool required) => new("--tenants")
    {
        Description = "Folder with tenant files (*.json).",
        Required = required,
    };
}
