using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.LocalHost.Commands;

/// <summary>Options that several commands take.</summary>
internal static class Options
{
    private const string LoopbackOnly = "http://127.0.0.1:7071";

    public static Option<string?> Storage() => new("--storage")
    {
        Description = "Connection string of the storage account, or its address (https://ACCOUNT.blob.core.windows.net) for whoever is signed in; "
            + "or a folder that commands have stored in; default AzureWebJobsStorage from the environment or local.settings.json, else Azurite over .azurite here.",
    };

    public static Option<string> Tenant() => new("--tenant") { Description = "The tenant's id.", Required = true };

    public static Option<string> Urls() => new("--urls") { Description = "Addresses to listen on.", DefaultValueFactory = _ => LoopbackOnly };

    public static Option<bool> Json() => new("--json") { Description = "As JSON, for programs." };

    public static Option<string> Run(string description) => new("--run") { Description = description, Required = true };

    /// <summary>A name of a run that may become a path.</summary>
    public static string Checked(string run) => RunId.IsValid(run)
        ? run
        : throw new CommandException(ExitCodes.BadConfiguration, $"\"{run}\" is no name of a run; they look like 20260901T173000Z-0a1b.");

    public static EntityId Person(string person) => EntityId.TryFind(person, out var id)
        ? id
        : throw new CommandException(
            ExitCodes.BadConfiguration,
            $"--person must be an id of the source: a uuid, or a Unilogin user id. {UnknownPerson.Remedy("ID")}");

    public static Option<string?> Date() => new("--date") { Description = "The day (YYYY-MM-DD) that is today for the rules." };

    public static DateOnly? Parse(string? date) =>
        date is null ? null
        : DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw new CommandException(ExitCodes.BadConfiguration, $"--date must be YYYY-MM-DD, not \"{date}\".");

    /// <summary>A folder that a command writes into, told before all its work when it cannot be one.</summary>
    public static Option<DirectoryInfo?> Out(string description, bool required = false)
    {
        var output = new Option<DirectoryInfo?>("--out") { Description = description, Required = required };
        output.Validators.Add(given =>
        {
            if (given.Tokens is [var path] && File.Exists(path.Value))
            {
                given.AddError($"--out must name a folder, and {path.Value} is a file.");
            }
        });
        return output;
    }

    public static void IsCount(OptionResult given)
    {
        if (given.Tokens is [var count] && int.TryParse(count.Value, CultureInfo.InvariantCulture, out var number) && number < 1)
        {
            given.AddError($"{given.Option.Name} must be 1 or more.");
        }
    }

    public static Option<DirectoryInfo> Tenants(bool required) => new("--tenants")
    {
        Description = "Folder with tenant files (*.json).",
        Required = required,
    };
}
