using System.Security.Cryptography;
using System.Text;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Runs;

/// <summary>A message that failed for good.</summary>
/// <param name="Tenant">Null, as the run, for a message that nobody can read.</param>
/// <param name="Reason">What the run says about it.</param>
/// <param name="Waits">Whether its run can be taken up again; false when it was, or when a later run took its place.</param>
public sealed record PoisonMessage(string Name, string? Tenant, string? Run, string Queue, DateTimeOffset Since, string? Reason, bool Waits);

/// <summary>Keeps messages that failed for good (<c>state/{tenant}/poison/{run}-{queue}.json</c>, for exports with the feed behind).</summary>
public sealed class PoisonStore(BlobStorage blobs, RunStore runs)
{
    /// <summary>In place of a tenant's id.</summary>
    internal const string Unreadable = "unreadable";

    /// <param name="message">Tells messages apart that nobody can read and that come at once.</param>
    internal static string Name(string? tenant, string? run, string queue, string? feed, string message, DateTimeOffset now)
    {
        var subject = run is not null && RunId.IsValid(run) ? run : $"{now:yyyyMMdd'T'HHmmssfff'Z'}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message)))[..8]}";
        return $"{tenant ?? Unreadable}/poison/{subject}-{queue}{(feed is null ? "" : $"-{feed}")}.json";
    }

    /// <summary>Messages that nobody can read, and so belong to no tenant; newest first.</summary>
    public Task<IReadOnlyList<PoisonMessage>> ListUnreadableAsync(CancellationToken ct) => ListAsync(Unreadable, ct);

    /// <summary>A tenant's messages, newest first.</summary>
    public async Task<IReadOnlyList<PoisonMessage>> ListAsync(string tenant, CancellationToken ct)
    {
        var messages = new List<PoisonMessage>();
        var newest = tenant == Unreadable ? null : await runs.FindNewestAsync(tenant, ct);
        await foreach (var blob in blobs.ListAsync(Containers.State, $"{tenant}/poison/", ct))
        {
            messages.Add(await DescribeAsync(tenant, blob, newest, ct));
        }

        messages.Reverse();
        return messages;
    }

    private async Task<PoisonMessage> DescribeAsync(string tenant, BlobEntry blob, string? newest, CancellationToken ct)
    {
        var name = Path.GetFileNameWithoutExtension(blob.Name);
        const int runLength = 21;
        var run = name.Length > runLength && RunId.IsValid(name[..runLength]) ? name[..runLength] : null;
        var queue = name[(name.IndexOf('-', run is null ? 0 : runLength) + 1)..];
        var record = run is null || tenant == Unreadable ? null : await runs.ShowAsync(tenant, run, ct);
        return new PoisonMessage(
            name, tenant == Unreadable ? null : tenant, run, queue, blob.Modified, record?.StateReason,
            record is { State: RunState.Failed, IsUnreadable: false } && run == newest);
    }
}
