using System.Globalization;
using System.Text;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>
/// A page that is safely stored. What is needed to go on after it stands in the blob's metadata, so that a pull that was killed can be
/// taken up again without reading a single page.
/// </summary>
/// <param name="Manifest">The page as the manifest will list it.</param>
/// <param name="Next">The token of the following page; null on the last one.</param>
/// <param name="Attempt">How often the collection had been begun anew when it was stored.</param>
public sealed record StoredPage(PageManifest Manifest, string? Next, int Attempt = 0)
{
    /// <summary>When the source answered, by its own clock; null where it told none.</summary>
    public DateTimeOffset? Clock { get; init; }

    /// <summary>A hash of what the collection held before it was begun anew; null where nobody asks for it.</summary>
    public string? Former { get; init; }

    internal Dictionary<string, string> ToMetadata()
    {
        var metadata = new Dictionary<string, string>
        {
            ["rows"] = Manifest.Rows.ToString(CultureInfo.InvariantCulture),
            ["bytes"] = Manifest.Bytes.ToString(CultureInfo.InvariantCulture),
            ["storedbytes"] = Manifest.StoredBytes.ToString(CultureInfo.InvariantCulture),
            ["sha256"] = Manifest.Sha256,
            ["storedsha256"] = Manifest.StoredSha256,
        };
        if (Manifest.CopiedFrom is { } run)
        {
            metadata["copiedfrom"] = run;
        }

        if (Attempt > 0)
        {
            metadata["attempt"] = Attempt.ToString(CultureInfo.InvariantCulture);
        }

        if (Former is not null)
        {
            metadata["former"] = Former;
        }

        if (Clock is { } clock)
        {
            metadata["clock"] = clock.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        }

        if (Next is not null)
        {
            // Tokens are opaque and headers are ASCII.
            metadata["next"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(Next));
        }

        return metadata;
    }

    internal static StoredPage FromMetadata(int page, IDictionary<string, string> metadata) => new(
        new PageManifest(
            page,
            int.Parse(metadata["rows"], CultureInfo.InvariantCulture),
            long.Parse(metadata["bytes"], CultureInfo.InvariantCulture),
            metadata["sha256"],
            long.Parse(metadata["storedbytes"], CultureInfo.InvariantCulture),
            metadata["storedsha256"],
            CopiedFrom: metadata.TryGetValue("copiedfrom", out var run) ? run : null),
        metadata.TryGetValue("next", out var next) ? Encoding.UTF8.GetString(Convert.FromBase64String(next)) : null,
        metadata.TryGetValue("attempt", out var attempt) ? int.Parse(attempt, CultureInfo.InvariantCulture) : 0)
    {
        Former = metadata.TryGetValue("former", out var former) ? former : null,
        Clock = metadata.TryGetValue("clock", out var clock) ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(clock, CultureInfo.InvariantCulture)) : null,
    };
}
