using System.Text.RegularExpressions;
using EduFunctions.LocalHost.Commands;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Local;

/// <summary>A tenant file of this machine, read.</summary>
public sealed record TenantFile(string Path, byte[] Content, TenantReading Reading)
{
    /// <summary>The id, when the file gives one that can be used.</summary>
    public string? Id => Reading.Id is { } id && Regex.IsMatch(id, Tenant.NamePattern) ? id : null;

    /// <summary>The errors with the file's path, one line each.</summary>
    public IEnumerable<string> Problems => Told(Reading.Errors);

    /// <summary>The same, and with them what nobody has filled in yet.</summary>
    public IEnumerable<string> ProblemsAndPlaceholders => Told(ErrorsAndPlaceholders);

    /// <summary>Where these stand.</summary>
    public IReadOnlyCollection<string> WrongPlaces => [.. ErrorsAndPlaceholders.Select(error => error.Path)];

    private IEnumerable<ConfigurationError> ErrorsAndPlaceholders => Reading.Errors.Concat(Placeholders.In(Content)).OrderBy(error => error.Line);

    private IEnumerable<string> Told(IEnumerable<ConfigurationError> errors) => errors.Select(error => $"{Path}:{error.Line}: {error.Path}: {error.Cause}");

    public static async Task<TenantFile> ReadAsync(string path, TenantReader reader, CancellationToken ct)
    {
        if (Directory.Exists(path))
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{path}: is a folder. Name the tenant file in it.");
        }

        if (!File.Exists(path))
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{path}: there is no such file. A tenant file is wanted, as init writes it.");
        }

        try
        {
            var content = await File.ReadAllBytesAsync(path, ct);
            return new TenantFile(path, content, await reader.ReadAsync(content, ct));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{path}: cannot be read ({e.Message})");
        }
    }
}
