using System.ComponentModel;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>
/// A way to a target. Sending the same files twice must do no more than sending them once; what was done before is in the progress.
/// Throws <see cref="DeliveryRefusedException"/> when a retry would not help; anything else it throws is tried again.
/// </summary>
public interface IDelivery : IPlugIn
{
    /// <summary>
    /// Where the files go, account and folder included, for receipts and messages; without secrets. <see cref="TargetKey"/> makes of it what targets are
    /// compared by.
    /// </summary>
    string Target(DeliverySettings settings);

    /// <summary>Whether many customers' files go to this one address, so that it does not tell whose target it is.</summary>
    bool IsCommon => false;

    /// <summary>Whether the target's address is a secret itself, so that a host without the secret cannot tell it.</summary>
    bool IsSecret(DeliverySettings settings) => false;

    /// <summary>
    /// Puts files into the form in which they travel; they are stored like that. Nothing can be read in them any more, so it comes after all that reads.
    /// </summary>
    void Wrap(FeedFiles files, DeliverySettings settings)
    {
    }

    Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct);
}

public static class Targets
{
    /// <summary>Where a feed goes, as people read it.</summary>
    public static string TargetOf(this Catalog<IDelivery> deliveries, FeedSetup feed) => deliveries[feed.Delivery.Type].Target(feed.Delivery);

    /// <summary>Where a feed goes, and as what: two of the same are one target, whatever the feeds are called and however the addresses are written.</summary>
    public static TargetKey KeyOf(this Catalog<IDelivery> deliveries, FeedSetup feed) => TargetKey.Of(deliveries.TargetOf(feed), feed.Type);
}

/// <summary>Settings of a delivery; each kind has its own below its delivery.</summary>
public abstract record DeliverySettings
{
    [Description("The kind of delivery.")]
    public required string Type { get; init; }

    /// <summary>Settings, by key, that cannot go together, or not with this feed.</summary>
    public virtual IEnumerable<(string Key, string Cause)> Contradictions(FeedSetup setup) => [];

    /// <summary>Secrets, by key, that hold what the delivery can make no use of, such as a key that has expired meanwhile. The tenant file is right all the same.</summary>
    public virtual IEnumerable<(string Key, string Cause)> UnusableSecrets() => [];
}

/// <param name="State">How far the target has confirmed.</param>
/// <param name="Reference">The target's own name for what it received, if it gives one.</param>
public sealed record DeliveryResult(ReceiptState State, string? Reference = null)
{
    /// <summary>What an operator should know when the state is not a good one.</summary>
    public string? Reason { get; init; }

    /// <summary>The target's own counts, if it gives any.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>Whether the target is still at work: the stage ends and comes back.</summary>
    public bool GoesOn { get; init; }
}

/// <summary>The target, or our own caution, refused; somebody has to change something. The message says what.</summary>
public sealed class DeliveryRefusedException : Exception
{
    public DeliveryRefusedException(string message)
        : base(message)
    {
    }

    public DeliveryRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Whether the target may have the file all the same: then it counts as sent when what has changed is told the next time.</summary>
    public bool MayBeThere { get; init; }
}
