using System.Globalization;

namespace EduFunctions.Pipeline.Snapshots;

internal static class SnapshotPath
{
    public static string Folder(string tenant, string run) => $"{tenant}/{run}/";

    public static string Manifest(string tenant, string run) => $"{Folder(tenant, run)}manifest.json";

    public static string Page(string tenant, string run, string collection, int page, string extension) =>
        string.Create(CultureInfo.InvariantCulture, $"{Folder(tenant, run)}{collection}/{page:000000}.{extension}");

    /// <summary>Collection and page number of a page's name; null for other blobs of the folder.</summary>
    public static (string Collection, int Page)? Parse(string folder, string name)
    {
        var parts = name[folder.Length..].Split('/');
        return parts.Length == 2 && int.TryParse(parts[1].Split('.')[0], CultureInfo.InvariantCulture, out var page)
            ? (parts[0], page)
            : null;
    }
}
