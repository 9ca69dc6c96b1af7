using System.Security.Cryptography;
using System.Text.RegularExpressions;
using EduFunctions.LocalHost.Commands;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.LocalHost.Local;

/// <summary>Reads a folder of tenant files and puts them into the storage, from where the pipeline takes them.</summary>
public sealed class TenantFiles(TenantReader reader, TenantStore store, ActLog acts)
{
    /// <summary>
    /// All files of the folder; those with a usable id are published, good or not: the night refuses the bad ones alone. Whoever has a file that cannot be
    /// read, or two, goes on by what lies in the storage.
    /// </summary>
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
            files.Add(await TenantFile.TryReadAsync(path, reader, ct));
        }

        if (files.Count == 0)
        {
            throw new CommandException(ExitCodes.BadConfiguration, $"{folder.FullName} has no tenant file (*.json).");
        }

        var given = files.Select(file => file.GivenId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        files = [.. await Task.WhenAll(WithoutTwins(files).Select(file => KnowAsync(file, given, ct)))];
        foreach (var file in files.Where(file => file is { Id: not null, Trouble: null }))
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

    /// <summary>A text that gives no id may be of whom the file is called after: one that was cut, emptied or saved otherwise.</summary>
    /// <param name="given">Ids that files give.</param>
    private async Task<TenantFile> KnowAsync(TenantFile file, HashSet<string> given, CancellationToken ct)
    {
        var name = Path.GetFileNameWithoutExtension(file.Path);
        var id = file.GivenId is not null ? null : file.KnownId ?? (Regex.IsMatch(name, Tenant.NamePattern) && !given.Contains(name) ? name : null);
        return file with { KnownId = id is not null && await store.ExistsAsync(id, ct) ? id : null };
    }

    /// <summary>Of several files that give one id nobody knows which is meant.</summary>
    private static IEnumerable<TenantFile> WithoutTwins(List<TenantFile> files)
    {
        var byId = files.Where(file => file.GivenId is not null).ToLookup(file => file.GivenId);
        return files.Select(file => file.GivenId is { } id && byId[id].Count() > 1
            ? TenantFile.Unread(file.Path, $"Several files give the id \"{id}\": {string.Join(", ", byId[id].Select(twin => twin.Path))}.") with { KnownId = id }
            : file);
    }
}
