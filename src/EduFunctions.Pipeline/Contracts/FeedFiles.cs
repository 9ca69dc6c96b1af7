using System.Security.Cryptography;
using System.Text;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>The files of one rendered feed, in order, on disk until they are delivered: a feed may be larger than the memory.</summary>
/// <param name="create">Makes the file of a name, to be read and written.</param>
public sealed class FeedFiles(Func<string, FileStream> create) : IDisposable
{
    private readonly List<(string Name, FileStream Content)> _files = [];
    private readonly List<string> _kept = [];
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);

    /// <summary>Files that are gone when they are disposed.</summary>
    public FeedFiles()
        : this(_ => TemporaryFile.Create())
    {
    }

    public IReadOnlyList<string> Names => [.. _files.Select(file => file.Name).Except(_kept)];

    /// <summary>Files that are not delivered: what the next night has to know beyond those that are.</summary>
    public IReadOnlyList<string> KeptNames => _kept;

    /// <summary>Keys that a target has and that tell of a protected person: they may stand in the rows by which it is told to forget what they are of.</summary>
    public IReadOnlyCollection<string> Forgotten => _forgotten;

    /// <summary>Notes of a key by which a target is told to forget something whether it tells.</summary>
    public void Forget(ReadOnlySpan<byte> key, RowTest isTelling)
    {
        if (isTelling(key))
        {
            _forgotten.Add(Encoding.UTF8.GetString(key));
        }
    }

    public Stream Create(string name)
    {
        var content = create(name);
        _files.Add((name, content));
        return content;
    }

    public Stream Keep(string name)
    {
        _kept.Add(name);
        return Create(name);
    }

    /// <summary>The file from its start; to be read, not disposed.</summary>
    public Stream Open(string name)
    {
        var content = _files.Single(file => file.Name == name).Content;
        content.Flush();
        content.Position = 0;
        return content;
    }

    /// <summary>Puts another file, made of it, in the place of one.</summary>
    /// <param name="write">Gets what was there and what takes its place.</param>
    public void Replace(string name, string newName, Action<Stream, Stream> write)
    {
        var content = create(newName);
        write(Open(name), content);
        var at = _files.FindIndex(file => file.Name == name);
        _files[at].Content.Dispose();
        _files[at] = (newName, content);
    }

    /// <summary>Forgets all files: there is nothing to deliver.</summary>
    public void Clear()
    {
        Dispose();
        _files.Clear();
        _kept.Clear();
        _forgotten.Clear();
    }

    public IReadOnlyList<FeedFile> Describe() => [.. Names.Select(Describe)];

    public IReadOnlyList<FeedFile> DescribeKept() => [.. KeptNames.Select(Describe)];

    public void Dispose()
    {
        foreach (var (_, content) in _files)
        {
            content.Dispose();
        }
    }

    private FeedFile Describe(string name)
    {
        var content = Open(name);
        return new FeedFile(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
    }
}

/// <summary>A file as run records and receipts name it.</summary>
public sealed record FeedFile(string Name, long Bytes, string Sha256);
