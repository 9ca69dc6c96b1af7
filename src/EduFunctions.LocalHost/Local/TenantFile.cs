using System.Text.RegularExpressions;
using EduFunctions.LocalHost.Commands;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Local;

/// <summary>A tenant file of this machine, read.</summary>
public sealed record TenantFile(string Path, byte[] Content, TenantReading Reading)
{
    /// <summary>The id, when the file gives one that can be used, or else of whom it is.</summary>
    public string? Id => GivenId ?? KnownId;

    /// <summary>Of a file that gives none: the tenant of the storage that is called as the file is.</summary>
    public string? KnownId { get; init; }

    /// <summary>Why nothing of it may be put into the storage; null when its text may, good or bad.</summary>
    public string? Trouble { get; init; }

    /// <summary>The errors with the file's path, one line each.</summary>
    public IEnumerable<string> Problems => Trouble is null ? Told(Reading.Errors) : [$"{Path}: {Trouble}"];

    /// <summary>The same, and with them what nobody has filled in yet.</summary>
    public IEnumerable<string> ProblemsAndPlaceholders => Told(ErrorsAndPlaceholders);

    /// <summary>Where these stand.</summary>
    public IReadOnlyCollection<string> WrongPlaces => [.. ErrorsAndPlaceholders.Select(error => error.Path)];

    internal string? GivenId => Reading.Id is { } id && Regex.IsMatch(id, Tenant.NamePattern) ? id : null;

    private IEnumerable<ConfigurationError> ErrorsAndPlaceholders => Reading.Errors.Concat(Placeholders.In(Content)).OrderBy(error => error.Line);

    private IEnumerable<string> Told(IEnumerable<ConfigurationError> errors) => errors.Select(error => $"{Path}:{error.Line}: {error.Path}: {error.Cause}");

    /// <exception cref="CommandException">It cannot be read.</exception>
    public static async Task<TenantFile> ReadAsync(string path, TenantReader reader, CancellationToken ct)
    {
        var file = await TryReadAsync(path, reader, ct);
        return file.Trouble is { } trouble ? throw new CommandException(ExitCodes.BadConfiguration, $"{path}: {trouble}") : file;
    }

    public static async Task<TenantFile> TryReadAsync(string path, TenantReader reader, CancellationToken ct)
    {
        if (Directory.Exists(path))
        {
            return Unread(path, "is a folder. Name the tenant file in it.");
        }

        if (!File.Exists(path))
        {
            return Unread(path, "there is no such file. A tenant file is wanted, as init writes it.");
        }

        try
        {
            var content = await File.ReadAllBytesAsync(path, ct);
            return new TenantFile(path, content, await reader.ReadAsync(content, ct));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Unread(path, $"cannot be read ({e.Message})");
        }
    }

    /// <summary>As one of which nothing is known.</summary>
    internal static TenantFile Unread(string path, string trouble) => new(path, [], new TenantReading(null, null, [])) { Trouble = trouble };
}
