using System.IO.Compression;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>The files, in a zip or each for itself.</summary>
internal static class SdsPackage
{
    public const string ZipName = "sds.zip";

    public static void Write(FeedFiles files, SdsSettings settings, IEnumerable<SdsTable> tables)
    {
        using var zip = settings.Zip ? new FixedZip(files.Create(ZipName)) : null;
        foreach (var table in tables)
        {
            if (zip is null)
            {
                Rfc4180.Write(files.Create(table.File.Name), table.WithHeader);
            }
            else
            {
                using var entry = zip.Create(table.File.Name);
                Rfc4180.Write(entry, table.WithHeader);
            }
        }
    }

    /// <summary>Reads what is in a file, zip or not, one after the other.</summary>
    public static IEnumerable<T> Read<T>(string name, Stream content, Func<string, Stream, IEnumerable<T>> read)
    {
        if (name != ZipName)
        {
            foreach (var one in read(name, content))
            {
                yield return one;
            }

            yield break;
        }

        using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
        {
            using var rows = entry.Open();
            foreach (var one in read(entry.FullName, rows))
            {
                yield return one;
            }
        }
    }
}
