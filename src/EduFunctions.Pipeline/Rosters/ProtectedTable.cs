using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Reads of a stored roster only who was protected, or left by keys alone, in whatever version the rest is written.</summary>
internal static class ProtectedTable
{
    private const string AnyVersion = "roster/";
    private const string Name = "protected";
    private const string KeysOnly = "keysOnly";

    /// <summary>Null when there is no such roster, or it is damaged.</summary>
    public static Task<IReadOnlyList<EntityId>?> FindAsync(BlobStorage blobs, string path, CancellationToken ct) => FindAsync(blobs, path, Name, ct);

    /// <summary>The same of who left by keys alone: those who answer for somebody protected.</summary>
    public static Task<IReadOnlyList<EntityId>?> FindKeysOnlyAsync(BlobStorage blobs, string path, CancellationToken ct) => FindAsync(blobs, path, KeysOnly, ct);

    private static async Task<IReadOnlyList<EntityId>?> FindAsync(BlobStorage blobs, string path, string table, CancellationToken ct)
    {
        try
        {
            return await RosterTables.OpenAsync(blobs, path, AnyVersion, ct) is { } roster ? (await roster.ReadAsync<EntityId>(table, ct)).Rows.ToArray() : null;
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return null;
        }
    }
}
