namespace EduFunctions.Pipeline.Snapshots;

/// <summary>What was pulled, written when all of it is stored (<c>snapshots/{tenant}/{run}/manifest.json</c>).</summary>
public sealed record SnapshotManifest
{
    public required string Tenant { get; init; }

    public required string Run { get; init; }

    /// <summary>The kind of source.</summary>
    public required string Source { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required DateTimeOffset Finished { get; init; }

    /// <summary>Always true: an incomplete pull has no manifest.</summary>
    public bool Complete { get; init; } = true;

    /// <summary>Ending of the pages' names: <c>json.gz</c> or <c>xml.gz</c>.</summary>
    public required string Extension { get; init; }

    public required SortedDictionary<string, CollectionManifest> Collections { get; init; }
}

public sealed record CollectionManifest(int Rows, IReadOnlyList<PageManifest> Pages);

/// <param name="Page">Number of the page, from 0.</param>
/// <param name="Rows">Entities on it.</param>
/// <param name="Bytes">Length of the answer body.</param>
/// <param name="Sha256">Of the answer body, before compression.</param>
/// <param name="StoredBytes">Length of the blob.</param>
public sealed record PageManifest(int Page, int Rows, long Bytes, string Sha256, long StoredBytes);
