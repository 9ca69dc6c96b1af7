using System.Security.Cryptography;
using EduFunctions.LocalHost.Commands;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Local;

/// <summary>Reads a folder of tenant files and puts them into the storage, from where the pipeline takes them.</summary>
public sealed class TenantFiles(TenantReader reader, TenantStore store, ActLog acts)
{
    /// <summary>All files of the folder; those with a usable id are published, good or not: the night refuses the bad ones alone.</summary>
    /// <param name="by">Who puts them there: another file than was there goes on record.</param>
    public async Task<IReadOnlyList<TenantFile>> PublishAsync(DirectoryInfo folder, Asker by, CancellationToken ct)
    {
        if (!folder.Exists)
        {
            throw new CommandException(ExitCodes.BadConfiguration, File.Exists(folder.FullName)
                ? $"{folder.FullName}: is a file. Name the folder of tenant files, and one of them by --tenant ID."
                : $"{folder.FullName}: there is no such folder of tenant files.");
        }

        var files = new List<TenantFile>();
        foreach (var path in folder.EnumerateFiles("*.json").Select(file => file.FullName).Order(StringComparer.Ordinal))
        {
            files.Add(await TenantFile.ReadAsync(path, reader, ct));
        }

        if (files.Count == 0)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{folder.FullName} has no tenant file (*.json).");
        }

        RefuseTwins(files);
        foreach (var file in files.Where(file => file.Id is not null))
        {
            if (await store.IsOtherAsync(file.Id!, file.Content, ct))
            {
                var hash = Convert.ToHexStringLower(SHA256.HashData(file.Content));
                await acts.WriteAsync(new Act { Tenant = file.Id!, Kind = ActKind.TenantFile, By = by.Name, Reason = by.Reason, What = [hash] }, ct);
            }

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
