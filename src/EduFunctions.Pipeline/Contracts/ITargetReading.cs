namespace EduFunctions.Pipeline.Contracts;

/// <summary>A delivery whose target can be read, so that what it has can be compared with what it was given. Changes nothing there.</summary>
public interface ITargetReading : IDelivery
{
    /// <param name="wanted">The feed as if nothing of it had ever been sent.</param>
    /// <exception cref="DeliveryRefusedException">The target does not let us read it.</exception>
    Task<IReadOnlyList<Drift>> CompareAsync(FeedFiles wanted, FeedSetup setup, CancellationToken ct);
}

/// <summary>One way in which a target is not as it was left.</summary>
/// <param name="Kind">Of what, in the target's words.</param>
/// <param name="What">What is the matter, such as <c>missing</c>.</param>
/// <param name="Sample">The first ids, where they are ours.</param>
public sealed record Drift(string Kind, string What, int Count, IReadOnlyList<string> Sample);
