using System.Text.Json.Serialization;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>A file of an earlier run that says what a target may have.</summary>
/// <param name="IsConfirmed">Whether the target said that it has worked through the file without an error.</param>
/// <param name="IsAside">Whether it was set aside, because the run delivers the feed once more.</param>
public sealed record KnownFile(string Name, string Run, bool IsConfirmed, bool IsAside = false)
{
    /// <summary>Lines of the file it goes by that the target refused, where it names them and took all others.</summary>
    public IReadOnlyList<int> Refused { get; init; } = [];

    /// <summary>The target's own ids of what will be hard to find there again, by a key that the feed makes of ours.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Places { get; init; }

    /// <summary>Of the file as it was stored; null from releases that did not note it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <summary>Whether the target has not said that it has worked through the file it goes by, with errors or without.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsLost { get; init; }

    /// <summary>Whether it lies with what is kept of the target, because the feed had another name when it was sent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsKept { get; init; }

    /// <summary>Whether it is a file of what the run delivers now.</summary>
    public bool IsOf(string run) => Run == run && !IsAside;
}

/// <summary>The files of earlier nights that say what a target may have, for feeds that tell what has changed since.</summary>
public sealed class KnownFiles : IDisposable
{
    private readonly FeedFiles _files = new();
    private readonly Dictionary<string, KnownFile> _known = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _known.Keys;

    /// <param name="file">Its name is unique; a target has one state of each file.</param>
    public Stream Create(KnownFile file)
    {
        _known.Add(file.Name, file);
        return _files.Create(file.Name);
    }

    /// <summary>The file from its start; to be read, not disposed. Null when there is none.</summary>
    public Stream? Find(string name) => _known.ContainsKey(name) ? _files.Open(name) : null;

    /// <summary>The run that a file is of.</summary>
    public string RunOf(string name) => _known[name].Run;

    public bool IsConfirmed(string name) => _known[name].IsConfirmed;

    public bool IsLost(string name) => _known[name].IsLost;

    public IReadOnlyList<int> RefusedLines(string name) => _known[name].Refused;

    /// <summary>The target's own id of something; null where it is not known.</summary>
    public string? PlaceOf(string name, string key) => _known[name].Places?.GetValueOrDefault(key);

    public void Dispose() => _files.Dispose();
}
