namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>Waits as long as a server wants, but not beyond the slice: then the stage ends and comes back.</summary>
internal sealed class ScimPace(DateTimeOffset sliceEnd, TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    public bool IsOver => time.GetUtcNow() >= sliceEnd;

    /// <summary>Before a try, the longer the more there were.</summary>
    public Task PauseAsync(int tries, TimeSpan? wanted, CancellationToken ct)
    {
        var usual = Shortest * Math.Pow(2, tries - 1);
        return WaitAsync(wanted is { } asked && asked >= Shortest ? asked : usual < Longest ? usual : Longest, ct);
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken ct)
    {
        var left = sliceEnd - time.GetUtcNow();
        left = left > Shortest ? left : Shortest;
        await Task.Delay(pause < left ? pause : left, time, ct);
        if (pause > left)
        {
            throw new SliceOverException();
        }
    }
}

/// <summary>The server wants us to wait longer than the slice is.</summary>
internal sealed class SliceOverException : Exception;
