using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>Keeps a host that was away for a while from going on with what others have taken up or overtaken since.</summary>
public interface IFence
{
    /// <summary>Before what is written anew all the time: nobody else is at work here. Costs nothing while the lease was renewed a moment ago.</summary>
    /// <exception cref="FencedOffException">Somebody may be.</exception>
    Task ProveLeaseAsync(CancellationToken ct);

    /// <summary>Before a step that cannot be taken back: that, and no later run of the tenant has begun.</summary>
    /// <exception cref="FencedOffException">One of both is not so.</exception>
    Task ProveAsync(CancellationToken ct);
}
