namespace EduFunctions.Pipeline.Feeds;

/// <summary>A file of an earlier run that says what a target may hold.</summary>
/// <param name="IsConfirmed">Whether the target said that it has worked through the file without an error.</param>
/// <param name="IsAside">Whether it was set aside, because the run delivers the feed once more.</param>
public sealed record HeldFile(string Name, string Run, bool IsConfirmed, bool IsAside = false)
{
    /// <summary>Whether it is a file of what the run delivers now.</summary>
    public bool IsOf(string run) => Run == run && !IsAside;
}

/// <summary>The files of earlier nights that say what a target may hold, for feeds that tell what has changed since.</summary>
public sealed class HeldFiles : IDisposable
{
    private readonly FeedFiles _files = new();
    private readonly HashSet<string> _unconfirmed = new(StringComparer.Ordinal);

    /// <param name="name">Unique; a target holds one state of each file.</param>
    /// <param name="isConfirmed">Whether the target said that it has worked through the file.</param>
    public Stream Create(string name, bool isConfirmed)
    {
        if (!isConfirmed)
        {
            _unconfirmed.Add(name);
        }

        return _files.Create(name);
    }

    /// <summary>The file from its start; to be read, not disposed. Null when there is none.</summary>
    public Stream? Find(string name) => _files.Names.Contains(name) ? _files.Open(name) : null;

    public bool IsConfirmed(string name) => !_unconfirmed.Contains(name);

    public void Dispose() => _files.Dispose();
}
