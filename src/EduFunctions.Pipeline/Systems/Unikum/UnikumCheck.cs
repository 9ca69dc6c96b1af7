using System.IO.Compression;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Reads the zip back and lists what Unikum would refuse: files, columns, required values, ids, references, order.</summary>
internal sealed class UnikumCheck(FeedFiles files, UnikumSettings settings)
{
    private const int MostErrors = 1000;

    private readonly List<FeedError> _errors = [];

    public IReadOnlyList<FeedError> Errors()
    {
        foreach (var name in files.Names)
        {
            using var zip = new ZipArchive(files.Open(name), ZipArchiveMode.Read, leaveOpen: true);
            var stem = Path.GetFileNameWithoutExtension(name);
            if (zip.Entries.Select(entry => entry.FullName).SequenceEqual([stem + UnikumFeed.ObjectEnding, stem + UnikumFeed.RelationEnding]))
            {
                CheckRows(zip.Entries[0], new PrincipalCheck(settings));
                CheckRows(zip.Entries[1], new RelationCheck(settings, files.KeptNames.Contains(ObjectDelta.KnownFile) ? files.Open(ObjectDelta.KnownFile) : Stream.Null));
            }
            else
            {
                _errors.Add(new FeedError(name, 0, "file", "must hold the principals and the relations, both named as it is"));
            }
        }

        return _errors;
    }

    private void CheckRows(ZipArchiveEntry entry, IRowCheck check)
    {
        using var rows = settings.IsLatin ? Encoding.CreateTranscodingStream(entry.Open(), settings.FileEncoding, Encoding.UTF8) : entry.Open();
        var lines = new LineReader(rows);
        var end = settings.LineEndBytes.AsSpan()[..^1];
        while (_errors.Count < MostErrors && lines.Read())
        {
            if (!lines.HasLineEnd || !lines.Current.EndsWith(end))
            {
                _errors.Add(new FeedError(entry.Name, lines.Line, "row", "has no line end, or another one"));
            }
            else if (check.Find(lines.Current[..^end.Length]) is var (column, rule))
            {
                _errors.Add(new FeedError(entry.Name, lines.Line, column, rule));
            }
        }
    }
}

/// <summary>Checks a file row by row.</summary>
internal interface IRowCheck
{
    /// <summary>What is wrong with the next row, null when nothing is.</summary>
    (string Column, string Rule)? Find(ReadOnlySpan<byte> row);
}
