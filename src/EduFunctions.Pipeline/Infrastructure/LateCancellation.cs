namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>A token that follows another one some seconds later: what cannot be done twice may come to its end within the half minute of a host that is taken away.</summary>
internal sealed class LateCancellation : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _late = new();
    private readonly CancellationTokenRegistration _following;

    public LateCancellation(CancellationToken ct) => _following = ct.Register(() => _late.CancelAfter(Grace));

    public CancellationToken Token => _late.Token;

    public void Dispose()
    {
        _following.Dispose();
        _late.Dispose();
    }
}
