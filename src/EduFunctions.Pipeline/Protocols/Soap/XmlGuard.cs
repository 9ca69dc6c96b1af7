using System.Text;
using System.Xml;
using System.Xml.Linq;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>
/// Stands before an XML reader, which holds a tag, a comment or a CDATA section in memory as a whole: none may be longer than
/// <see cref="LongestNode"/>, and all of it not longer than <see cref="Limit"/>.
/// </summary>
[Told]
internal sealed class XmlGuard(Stream inner, long limit) : Stream
{
    private const int LongestNode = 1 << 20;
    private const int Deepest = 100;

    private long _bytes;
    private long _since;
    private (byte Before, byte Last) _tail;
    private bool _isSection;

    /// <summary>Bytes that may be read in all; may be moved while reading.</summary>
    public long Limit { get; set; } = limit;

    public long Bytes => _bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _bytes; set => throw new NotSupportedException(); }

    /// <summary>A reader that takes UTF-8 alone, no document type, and nothing from outside.</summary>
    public XmlReader CreateReader() => XmlReader.Create(
        new StreamReader(this, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true });

    /// <summary>A document that stands somewhere as text; an answer holds no text that is longer than one node may be.</summary>
    /// <exception cref="XmlException">It is none, or none that any answer is.</exception>
    public static XElement Parse(string document)
    {
        var bytes = Encoding.UTF8.GetBytes(document.Trim());
        using (var whole = CreateReader(bytes))
        {
            while (whole.Read())
            {
                RefuseDepth(whole);
            }
        }

        using var reader = CreateReader(bytes);
        reader.MoveToContent();
        return (XElement)XNode.ReadFrom(reader);
    }

    /// <exception cref="XmlException">Elements are nested deeper than any answer is.</exception>
    public static void RefuseDepth(XmlReader reader)
    {
        if (reader.Depth > Deepest)
        {
            throw new XmlException($"more than {Deepest} elements within each other");
        }
    }

    private static XmlReader CreateReader(byte[] document) => new XmlGuard(new MemoryStream(document), LongestNode).CreateReader();

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        _bytes += read;
        if (_bytes > Limit)
        {
            throw new XmlException($"longer than {Limit:N0} bytes");
        }

        Measure(buffer[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Counts from one <c>&lt;</c> to the next, which no tag or text holds; comments and sections may, and count to their end.</summary>
    private void Measure(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var at = _isSection ? bytes.IndexOf((byte)'>') : bytes.IndexOfAny((byte)'<', (byte)'!');
            var passed = at < 0 ? bytes : bytes[..(at + 1)];
            _since += passed.Length;
            if (_since > LongestNode)
            {
                throw new XmlException($"a tag, text or section longer than {LongestNode:N0} bytes");
            }

            if (at >= 0)
            {
                Turn(bytes[at], at > 0 ? bytes[at - 1] : _tail.Last, at > 1 ? bytes[at - 2] : at == 1 ? _tail.Last : _tail.Before);
            }

            _tail = (passed.Length > 1 ? passed[^2] : _tail.Last, passed[^1]);
            bytes = bytes[passed.Length..];
        }
    }

    private void Turn(byte found, byte before, byte beforeThat)
    {
        switch (found)
        {
            case (byte)'<':
                _since = 0;
                break;
            case (byte)'!' when before == '<':
                _isSection = true;
                break;
            case (byte)'>' when (before, beforeThat) is ((byte)'-', (byte)'-') or ((byte)']', (byte)']'):
                _isSection = false;
                break;
        }
    }
}
