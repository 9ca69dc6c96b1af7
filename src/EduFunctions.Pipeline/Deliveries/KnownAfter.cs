using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>What a target may have after as much of a delivery as a receipt tells of.</summary>
internal static class KnownAfter
{
    public static IReadOnlyList<KnownFile> Of(IFeedWithMemory feed, FeedSettings settings, Receipt receipt, IReadOnlyList<KnownFile> before)
    {
        var sent = SentOf(receipt);
        var hashes = receipt.Files.Concat(receipt.KeptFiles ?? []).ToDictionary(file => file.Name, file => file.Sha256);
        var known = receipt.Leaving is null ? feed.Known(before, sent, settings) : feed.KnownAfterLeaving(before, sent);
        return [.. known.Select(file => file.IsOf(receipt.Run) ? file with { Sha256 = hashes.GetValueOrDefault(file.Name) } : file)];
    }

    internal static SentFiles SentOf(Receipt receipt) =>
        new(receipt.Run, [.. receipt.Files.Select(file => file.Name), .. receipt.Kept], Begun(receipt))
        {
            Progress = receipt.Progress.ToDictionary(file => file.Name),
            Refused = receipt.Progress.ToDictionary(file => file.Name, file => file.Refused),
        };

    /// <summary>By file; a delivery without steps has sent all or nothing.</summary>
    private static Dictionary<string, bool> Begun(Receipt receipt) =>
        receipt.State is ReceiptState.Sent
            ? receipt.Files.ToDictionary(file => file.Name, _ => true)
            : receipt.Progress.ToDictionary(file => file.Name, file => file.IsConfirmed());
}
