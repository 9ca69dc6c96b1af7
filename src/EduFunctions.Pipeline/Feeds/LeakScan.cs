using System.Buffers;
using System.IO.Compression;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Reads every file that is about to leave, row by row and zips inside out, and lists where a protected person would be recognised.</summary>
internal sealed class LeakScan
{
    private const int MostErrors = 1000;

    private static readonly SearchValues<byte> TokenEnds = SearchValues.Create(" \t,;|\"<>{}"u8);

    private readonly List<FeedError> _errors = [];
    private readonly RowScan _rows;
    private readonly IFeed _feed;
    private readonly Encoding _encoding;

    /// <summary>Longest first, since one may stand in another.</summary>
    private readonly string[] _forgotten;

    private LeakScan(ProtectedValues values, IFeed feed, Encoding encoding, IEnumerable<string> forgotten)
    {
        (_rows, _feed, _encoding) = (new RowScan(values), feed, encoding);
        _forgotten = [.. forgotten.OrderByDescending(key => key.Length)];
    }

    /// <summary>File, line, place and kind of value; never the value.</summary>
    public static IReadOnlyList<FeedError> Errors(FeedFiles files, ProtectedValues values, IFeed feed, FeedSettings settings)
    {
        var scan = new LeakScan(values, feed, feed.EncodingOf(settings), files.Forgotten);
        for (var i = 0; i < files.Names.Count && !values.IsEmpty; i++)
        {
            var name = files.Names[i];
            scan.Report($"file {i + 1}", 0, Encoding.UTF8.GetBytes(name));
            scan.Scan(name, files.Open(name));
        }

        return scan._errors;
    }

    private void Scan(string file, Stream content)
    {
        if (!IsZip(content))
        {
            ScanRows(file, content);
            return;
        }

        using var zip = new ZipArchive(content, ZipArchiveMode.Read, leaveOpen: true);
        foreach (var entry in zip.Entries)
        {
            using var inner = entry.Open();
            Report(file, 0, Encoding.UTF8.GetBytes(entry.FullName));
            ScanRows(entry.FullName, inner);
        }
    }

    private void ScanRows(string file, Stream content)
    {
        using var text = _encoding == Encoding.UTF8 ? null : Encoding.CreateTranscodingStream(content, _encoding, Encoding.UTF8, leaveOpen: true);
        var lines = new LineReader(text ?? content);
        while (_errors.Count < MostErrors && lines.Read())
        {
            Report(file, lines.Line, lines.Current);
        }
    }

    private void Report(string file, int line, ReadOnlySpan<byte> row)
    {
        // Several forms of a name may stand in one place.
        var hits = Find(row);
        var mayBeKeys = hits.Count > 0 && _feed is IFeedWithMemory memory && memory.MayNameProtected(file, row);
        if (mayBeKeys && _forgotten.Length > 0)
        {
            row = WithoutForgotten(row);
            hits = Find(row);
        }

        foreach (var hit in hits)
        {
            if (!mayBeKeys || !IsKey(hit, hits, row))
            {
                _errors.Add(new FeedError(file, line, $"byte {hit.Position + 1}", $"{Word(hit.Kind)} of a protected person"));
            }
        }
    }

    private IReadOnlyList<RowHit> Find(ReadOnlySpan<byte> row) => _rows.Find(row) is { Count: > 0 } found ? [.. found.DistinctBy(hit => (hit.Position, hit.Kind))] : [];

    private byte[] WithoutForgotten(ReadOnlySpan<byte> row) =>
        Encoding.UTF8.GetBytes(_forgotten.Aggregate(Encoding.UTF8.GetString(row), (rest, key) => rest.Replace(key, new string(' ', key.Length), StringComparison.Ordinal)));

    /// <summary>
    /// Whether it is what a target knows somebody by. Some registers make their ids of names or logins, also those of whoever answers for a protected person: the
    /// id is no more telling for that, and without it nobody could be told to forget it.
    /// </summary>
    private bool IsKey(RowHit hit, IReadOnlyList<RowHit> hits, ReadOnlySpan<byte> row) =>
        hit.Kind is PersonalKind.Id or PersonalKind.CivicNumber
        || hits.Any(other => other.Kind == PersonalKind.Id && other.Position == hit.Position)
        || (hit.Kind == PersonalKind.Name && _rows.Find(TokenAt(row, hit.Position)).Any(inside => inside.Anywhere == hit.Anywhere));

    /// <summary>What stands there without a blank or the end of a field in it.</summary>
    private static ReadOnlySpan<byte> TokenAt(ReadOnlySpan<byte> row, int at)
    {
        var start = row[..at].LastIndexOfAny(TokenEnds) + 1;
        var length = row[start..].IndexOfAny(TokenEnds);
        return length < 0 ? row[start..] : row.Slice(start, length);
    }

    private static bool IsZip(Stream content)
    {
        Span<byte> start = stackalloc byte[4];
        var isZip = content.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PK\x03\x04"u8);
        content.Position = 0;
        return isZip;
    }

    private static string Word(PersonalKind kind) => kind switch
    {
        PersonalKind.Name => "the name",
        PersonalKind.Id => "the id",
        PersonalKind.CivicNumber => "the civic number",
        PersonalKind.UserName => "the user name",
        PersonalKind.Email or PersonalKind.PrivateEmail => "an e-mail address",
        PersonalKind.Phone => "a phone number",
        PersonalKind.Identifier => "an identifier",
        PersonalKind.LocalPart => "a user name",
        _ => "an address",
    };
}
