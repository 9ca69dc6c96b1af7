using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace EduFunctions.Pipeline.Checking;

/// <summary>
/// A file of text as UTF-8 with line feeds, however it was written, and what had to be changed for that. Bytes that are no UTF-8 are read as Windows-1252,
/// which they nearly always are; that they are is told.
/// </summary>
internal sealed class CheckedText : ForwardStream
{
    /// <summary>Three times as much is no array yet that is large enough to call the collector: a night checks hundreds of small files.</summary>
    private const int BlockSize = 1 << 14;

    /// <summary>What a sequence of UTF-8 can be short of at the end of a block, and a line end.</summary>
    private const int MostKept = 4;

    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    private static readonly UTF32Encoding BigEndian32 = new(bigEndian: true, byteOrderMark: true);

    private readonly Stream _source;
    private readonly byte[] _block = new byte[BlockSize + MostKept];
    private byte[] _text = new byte[BlockSize * 3];
    private int _kept;
    private int _start;
    private int _end;
    private int _lines = 1;
    private bool _isAfterReturn;
    private bool _isAtEnd;

    public CheckedText(Stream source)
    {
        _source = Recognise(source);
        Fill();
    }

    /// <summary>UTF-8, or the name of another one that was recognised.</summary>
    public string Encoding { get; private set; } = "UTF-8";

    public bool HasMark { get; private set; }

    /// <summary>Bytes that are no UTF-8, and the line of the first one.</summary>
    public (int Count, int FirstLine) Foreign { get; private set; }

    /// <summary>Lines that end with carriage return and line feed, and the first of them.</summary>
    public (int Count, int FirstLine) ReturnFeeds { get; private set; }

    /// <summary>Lines that end with a carriage return, as of old on the Macintosh, and the first of them.</summary>
    public (int Count, int FirstLine) Returns { get; private set; }

    /// <summary>Lines that end with a line feed alone, and the first of them.</summary>
    public (int Count, int FirstLine) Feeds { get; private set; }

    /// <summary>The beginning of the file up to the end of its first line.</summary>
    public ReadOnlySpan<byte> FirstLine
    {
        get
        {
            var text = _text.AsSpan(_start, _end - _start);
            var length = text.IndexOf((byte)'\n');
            return length < 0 ? text : text[..length];
        }
    }

    public override int Read(Span<byte> buffer)
    {
        while (_start == _end && !_isAtEnd)
        {
            Fill();
        }

        var length = Math.Min(buffer.Length, _end - _start);
        _text.AsSpan(_start, length).CopyTo(buffer);
        _start += length;
        return length;
    }

    /// <summary>By its mark, or by the zeros between the letters of a header.</summary>
    private Stream Recognise(Stream source)
    {
        var length = source.ReadAtLeast(_block.AsSpan(0, MostKept), MostKept, throwOnEndOfStream: false);
        ReadOnlySpan<byte> start = _block.AsSpan(0, length);
        var (encoding, mark) = start switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ((Encoding?)null, 3),
            [0xFF, 0xFE, 0, 0] => (System.Text.Encoding.UTF32, 4),
            [0, 0, 0xFE, 0xFF] => (BigEndian32, 4),
            [0xFF, 0xFE, ..] => (System.Text.Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => (System.Text.Encoding.BigEndianUnicode, 2),
            [not 0, 0, 0, 0] => (System.Text.Encoding.UTF32, 0),
            [0, 0, 0, not 0] => (BigEndian32, 0),
            [not 0, 0, not 0, 0] => (System.Text.Encoding.Unicode, 0),
            [0, not 0, 0, not 0] => (System.Text.Encoding.BigEndianUnicode, 0),
            _ => (null, 0),
        };
        (HasMark, _kept) = (mark > 0, length - mark);
        start[mark..].CopyTo(_block);
        if (encoding is null)
        {
            return source;
        }

        Encoding = $"UTF-{(encoding is UTF32Encoding ? 32 : 16)} {(encoding == BigEndian32 || encoding == System.Text.Encoding.BigEndianUnicode ? "BE" : "LE")}";
        var rest = new PrefixedStream(_block[.._kept], source);
        _kept = 0;
        return System.Text.Encoding.CreateTranscodingStream(rest, encoding, System.Text.Encoding.UTF8);
    }

    private void Fill()
    {
        var read = _source.Read(_block, _kept, BlockSize);
        var length = _kept + read;
        _isAtEnd = read == 0;
        var whole = _isAtEnd ? length : WholeLength(_block.AsSpan(0, length));
        (_start, _end) = (0, 0);
        if (Utf8.IsValid(_block.AsSpan(0, whole)))
        {
            Append(_block.AsSpan(0, whole));
        }
        else
        {
            Repair(_block.AsSpan(0, whole));
        }

        _block.AsSpan(whole, length - whole).CopyTo(_block);
        _kept = length - whole;
        if (_isAtEnd && _isAfterReturn)
        {
            EndLine();
        }
    }

    /// <summary>Without a sequence at the end that the next block goes on with.</summary>
    private static int WholeLength(ReadOnlySpan<byte> block)
    {
        for (var back = 1; back <= Math.Min(3, block.Length); back++)
        {
            var lead = block[^back];
            if (lead >= 0xC0)
            {
                var needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
                return needed > back ? block.Length - back : block.Length;
            }

            if (lead < 0x80)
            {
                break;
            }
        }

        return block.Length;
    }

    private void Repair(ReadOnlySpan<byte> block)
    {
        while (!block.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(block, out _, out var used);
            if (status == OperationStatus.Done)
            {
                Append(block[..used]);
            }
            else
            {
                used = 1;
                Append(System.Text.Encoding.UTF8.GetBytes(Windows.GetString(block[..1])));
                Foreign = (Foreign.Count + 1, Foreign.Count == 0 ? _lines : Foreign.FirstLine);
            }

            block = block[used..];
        }
    }

    /// <summary>Takes text over, with line feeds at the ends of its lines.</summary>
    private void Append(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            if (_isAfterReturn)
            {
                var isPair = text[0] == '\n';
                EndLine(isPair);
                text = isPair ? text[1..] : text;
                continue;
            }

            var end = text.IndexOf((byte)'\r');
            Copy(end < 0 ? text : text[..end]);
            _isAfterReturn = end >= 0;
            text = end < 0 ? default : text[(end + 1)..];
        }
    }

    private void Copy(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_text.AsSpan(_end));
        _end += text.Length;
        var lines = text.Count((byte)'\n');
        Feeds = lines == 0 ? Feeds : (Feeds.Count + lines, Feeds.Count == 0 ? _lines : Feeds.FirstLine);
        _lines += lines;
    }

    private void EndLine(bool isPair = false)
    {
        Reserve(1);
        _text[_end++] = (byte)'\n';
        var before = isPair ? ReturnFeeds : Returns;
        var after = (before.Count + 1, before.Count == 0 ? _lines : before.FirstLine);
        (ReturnFeeds, Returns) = isPair ? (after, Returns) : (ReturnFeeds, after);
        (_isAfterReturn, _lines) = (false, _lines + 1);
    }

    private void Reserve(int length)
    {
        if (_end + length > _text.Length)
        {
            Array.Resize(ref _text, (_end + length) * 2);
        }
    }
}
