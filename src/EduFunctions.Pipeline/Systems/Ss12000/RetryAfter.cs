namespace EduFunctions.Pipeline.Systems.Ss12000;

internal static class RetryAfter
{
    /// <summary>How long the server asks to wait, in either form of the header; null when it does not say.</summary>
    public static TimeSpan? Of(HttpResponseMessage answer, TimeProvider time) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
        _ => null,
    };
}
