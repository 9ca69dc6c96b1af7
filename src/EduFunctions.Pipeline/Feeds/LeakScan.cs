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
    private readonly FeedSettings _settings;

    /// <summary>Longest first, since one may stand in another.</summary>
    private readonly string[] _forgotten;

    private LeakScan(ProtectedValues values, IFeed feed, FeedSettings settings, IEnumerable<string> forgotten)
    {
        (_rows, _feed, _settings) = (new RowScan(values), feed, settings);
        _forgotten = [.. forgotten.OrderByDescending(key => key.Length)];
    }

    /// <summary>File, line, place and kind of value; never the value.</summary>
    public static IReadOnlyList<FeedError> Errors(FeedFiles files, ProtectedValues values, IFeed feed, FeedSettings settings)
    {
        var scan = new LeakScan(values, feed, settings, files.Forgotten);
        for (var i = 0; i < files.Names.Count && !values.IsEmpty; i++)
        {
            var name = files.Names[i];
            scan.Report($"file {i + 1}", 0, Encoding.UTF8.GetBytes(name), new TypedRow(scan._rows, null));
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
            Report(file, 0, Encoding.UTF8.GetBytes(entry.FullName), new TypedRow(_rows, null));
            ScanRows(entry.FullName, inner);
        }
    }

    private void ScanRows(string file, Stream content)
    {
        var encoding = _feed.EncodingOf(_settings);
        using var text = encoding == Encoding.UTF8 ? null : Encoding.CreateTranscodingStream(content, encoding, Encoding.UTF8, leaveOpen: true);
        var (lines, typed) = (new LineReader(text ?? content), new TypedRow(_rows, _feed.TypedRowsOf(file, _settings)));
        while (_errors.Count < MostErrors && lines.Read())
        {
            Report(file, lines.Line, lines.Current, typed);
        }
    }

    private void Report(string file, int line, ReadOnlySpan<byte> row, TypedRow typed)
    {
        var found = typed.Find(row);
        if (found.Count == 0)
        {
            return;
        }

        // Several forms of a name may stand in one place.
        var hits = Distinct(found);
        var mayBeKeys = _feed is IFeedWithMemory memory && memory.MayNameProtected(file, row);
        if (mayBeKeys)
        {
            row = WithoutForgotten(typed.WithoutKeys(row));
            hits = Distinct(_rows.Find(row));
        }

        foreach (var hit in hits)
        {
            if (!mayBeKeys || !IsKey(hit, hits, row))
            {
                _errors.Add(new FeedError(file, line, $"byte {hit.Position + 1}", $"{Word(hit.Kind)} of a protected person"));
            }
        }
    }

    private static IReadOnlyList<RowHit> Distinct(IReadOnlyList<RowHit> hits) => [.. hits.DistinctBy(hit => (hit.Position, hit.Kind))];

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
