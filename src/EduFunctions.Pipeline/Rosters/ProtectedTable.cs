using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Reads of a stored roster only who was protected, in whatever version the rest is written.</summary>
internal static class ProtectedTable
{
    private const string AnyVersion = "roster/";
    private const string Name = "protected";

    /// <summary>Null when there is no such roster, or it is damaged.</summary>
    public static async Task<IReadOnlyList<EntityId>?> FindAsync(BlobStorage blobs, string path, CancellationToken ct)
    {
        try
        {
            return await RosterTables.OpenAsync(blobs, path, AnyVersion, ct) is { } roster ? (await roster.ReadAsync<EntityId>(Name, ct)).Rows.ToArray() : null;
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return null;
        }
    }
}
