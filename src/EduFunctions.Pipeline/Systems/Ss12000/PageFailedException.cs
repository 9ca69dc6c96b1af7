namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>A page did not come whole this time; it is asked for again.</summary>
internal sealed class PageFailedException(string cause, TimeSpan? retryAfter = null, Exception? inner = null) : Exception(cause, inner)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>The page token has expired (410): the collection has to be read again from its first page.</summary>
internal sealed class PageTokenExpiredException : Exception;
