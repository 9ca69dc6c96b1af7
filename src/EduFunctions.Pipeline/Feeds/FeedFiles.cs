using System.Security.Cryptography;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>The files of one rendered feed, in order, on disk until they are delivered: a feed may be larger than the memory.</summary>
public sealed class FeedFiles : IDisposable
{
    private readonly List<(string Name, FileStream Content)> _files = [];

    public IReadOnlyList<string> Names => [.. _files.Select(file => file.Name)];

    public Stream Create(string name)
    {
        var content = TemporaryFile.Create();
        _files.Add((name, content));
        return content;
    }

    /// <summary>The file from its start; to be read, not disposed.</summary>
    public Stream Open(string name)
    {
        var content = _files.Single(file => file.Name == name).Content;
        content.Flush();
        content.Position = 0;
        return content;
    }

    public IReadOnlyList<FeedFile> Describe() => [.. _files.Select(file => Describe(file.Name))];

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
