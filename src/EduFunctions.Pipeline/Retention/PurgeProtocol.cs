using System.Text;
using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Sealing;

namespace EduFunctions.Pipeline.Retention;

/// <summary>
/// What a purge of a person did (<c>state/{tenant}/purges/{when}.json</c>), sealed before anything is touched, so that later nobody can
/// mistake it for tampering, nor tampering for it.
/// </summary>
/// <param name="PersonSha256">SHA-256 of the id: who knows the id finds the protocol, the protocol itself names nobody.</param>
/// <param name="Removed">Blobs that are gone.</param>
/// <param name="Rewritten">Blobs in which nobody's id took the person's place.</param>
/// <param name="Kept">Blobs that still hold the person, or may since they are damaged, with the reason and what makes them go.</param>
public sealed record PurgeProtocol(
    string Tenant, DateTimeOffset At, string PersonSha256, IReadOnlyList<string> Removed, IReadOnlyList<RewrittenBlob> Rewritten, IReadOnlyList<KeptBlob> Kept)
{
    internal const string Folder = "purges";

    /// <summary>When it was done before, of a purge that finds nothing more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? PurgedBefore { get; init; }

    /// <summary>By which who knows the id finds the protocol.</summary>
    internal static string HashOf(string person) => SealChain.Hash(Encoding.UTF8.GetBytes(EntityId.TryParse(person, out var uuid) ? uuid.ToString() : person));
}

/// <param name="Sha256">Of the blob as it is now.</param>
public sealed record RewrittenBlob(string Blob, string Sha256);

public sealed record KeptBlob(string Blob, string Reason);
