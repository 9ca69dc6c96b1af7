using System.Text.RegularExpressions;
using EduFunctions.LocalHost.Commands;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Local;

/// <summary>A tenant file of a folder, read.</summary>
public sealed record TenantFile(string Path, byte[] Content, TenantReading Reading)
{
    /// <summary>The id, when the file gives one that can be used.</summary>
    public string? Id => Reading.Id is { } id && Regex.IsMatch(id, Tenant.NamePattern) ? id : null;

    /// <summary>The errors with the file's path, one line each.</summary>
    public IEnumerable<string> Problems => Reading.Errors.Select(error => $"{Path}:{error.Line}: {error.Path}: {error.Cause}");
}

/// <summary>Reads a folder of tenant files and puts them into the storage, from where the pipeline takes them.</summary>
public sealed class TenantFiles(TenantReader reader, TenantStore store)
{
    public async Task<TenantFile> ReadAsync(string path, CancellationToken ct)
    {
        if (!File.Exists(path))
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{path}: there is no such file.");
        }

        var content = await File.ReadAllBytesAsync(path, ct);
        return new TenantFile(path, content, await reader.ReadAsync(content, ct));
    }

    /// <summary>All files of the folder; those with a usable id are published, good or not: the night refuses the bad ones alone.</summary>
    public async Task<IReadOnlyList<TenantFile>> PublishAsync(DirectoryInfo folder, CancellationToken ct)
    {
        if (!folder.Exists)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{folder.FullName}: there is no such folder of tenant files.");
        }

        var files = new List<TenantFile>();
        foreach (var path in folder.EnumerateFiles("*.json").Select(file => file.FullName).Order(StringComparer.Ordinal))
        {
            files.Add(await ReadAsync(path, ct));
        }

        if (files.Count == 0)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{folder.FullName} has no tenant file (*.json).");
        }

        RefuseTwins(files);
        foreach (var file in files.Where(file => file.Id is not null))
        {
            await store.PublishAsync(file.Id!, file.Content, ct);
        }

        return files;
    }

    private static void RefuseTwins(List<TenantFile> files)
    {
        var twins = files.Where(file => file.Id is not null).GroupBy(file => file.Id).FirstOrDefault(sameId => sameId.Count() > 1);
        if (twins is not null)
        {
            throw new CommandException(
                ExitCodes.BadConfiguration, $"Several files give the id \"{twins.Key}\": {string.Join(", ", twins.Select(file => file.Path))}.");
        }
    }
}
