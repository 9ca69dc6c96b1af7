namespace EduFunctions.Pipeline.Storage;

/// <summary>
/// Counts the tries of a write that somebody else was quicker with each time. Others who write go on with each, so that a few are nothing special; as many as
/// nobody could be so quick with mean that the storage contradicts itself, and there is no end to wait for.
/// </summary>
internal sealed class WriteTries(string container, string name)
{
    private const int Most = 32;

    private const int AtOnce = 8;

    private int _tries;

    /// <summary>Before the next try.</summary>
    /// <exception cref="RefusedBlobException">There were too many.</exception>
    public async Task NextAsync(CancellationToken ct)
    {
        if (++_tries == Most)
        {
            throw RefusedBlobException.Overtaken(container, name);
        }

        if (_tries > AtOnce)
        {
            await Task.Delay(Random.Shared.Next(10, 60), ct);
        }
    }
}
