using System.IO.Compression;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Tests.Harness;

/// <summary>All that is stored of a tenant, as one zip: what a release leaves to the next one.</summary>
internal static class TenantArchive
{
    public static async Task<byte[]> PackAsync(BlobStorage blobs, string tenant)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var container in Containers.All)
            {
                await foreach (var blob in blobs.ListAsync(container, tenant, CancellationToken.None))
                {
                    var content = (await blobs.ReadAsync(container, blob.Name, CancellationToken.None))!.Content;
                    await using var entry = zip.CreateEntry($"{container}/{blob.Name}", CompressionLevel.SmallestSize).Open();
                    await entry.WriteAsync(content);
                }
            }
        }

        return file.ToArray();
    }

    public static async Task UnpackAsync(BlobStorage blobs, string path)
    {
        using var zip = ZipFile.OpenRead(path);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            await using (var stored = entry.Open())
            {
                await stored.CopyToAsync(content);
            }

            var (container, name) = (entry.FullName.Split('/', 2)[0], entry.FullName.Split('/', 2)[1]);
            await blobs.WriteAsync(container, name, content.ToArray(), CancellationToken.None);
        }
    }
}
