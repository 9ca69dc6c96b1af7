using System.Text;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protocols.Soap;

[Trait(Level.Name, Level.Fast)]
public sealed class HostileAnswerTests
{
    private const string Start = "<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Body><r>";
    private const string End = "</r></s:Body></s:Envelope>";

    private static readonly string Block = new('a', 1 << 16);

    [Theory]
    [InlineData("entity bomb", "DTD")]
    [InlineData("external entity", "DTD")]
    [InlineData("attribute", "longer than 1")]
    [InlineData("text", "longer than 1")]
    [InlineData("section", "longer than 1")]
    [InlineData("comment", "longer than 1")]
    [InlineData("depth", "within each other")]
    [InlineData("header", "longer than")]
    [InlineData("size", "longer than")]
    [InlineData("cut", "position")]
    [InlineData("trailing", "position")]
    [InlineData("two roots", "more than one thing")]
    [InlineData("no body", "no body")]
    [InlineData("no envelope", "no SOAP envelope")]
    [InlineData("not UTF-8", "not UTF-8")]
    public void What_is_no_answer_is_refused_without_filling_the_memory(string kind, string cause)
    {
        var before = GC.GetTotalAllocatedBytes();
        using var answer = new EndlessStream(Parts(kind));

        var refused = Assert.Throws<SoapException>(
            () => SoapAnswer.Verify(answer, 1 << 23, null, new SoapRequest([], null), DateTimeOffset.UtcNow, 200));

        Assert.Contains(cause, refused.Message.Replace("\u00a0", " "));
        Assert.DoesNotContain("aaaa", refused.Message);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 1L << 28);
    }

    [Fact]
    public void A_large_answer_passes_by()
    {
        using var answer = new EndlessStream([Start, .. Enumerable.Repeat($"<p><q>{new string('b', 1 << 15)}</q></p>", 1000), End]);
        var elements = 0;

        SoapAnswer.Verify(answer, 1 << 28, null, new SoapRequest([], null), DateTimeOffset.UtcNow, 200, _ => elements++);

        Assert.Equal(2002, elements);
    }

    private static IEnumerable<string> Parts(string kind) => kind switch
    {
        "entity bomb" => ["<!DOCTYPE s [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>", Start, "&b;", End],
        "external entity" => ["<!DOCTYPE s [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>", Start, "&a;", End],
        "attribute" => [Start, "<p a=\"", .. Enumerable.Repeat(Block + ">!", 20000), "\"/>", End],
        "text" => [Start, .. Enumerable.Repeat(Block, 20000), End],
        "section" => [Start, "<![CDATA[", .. Enumerable.Repeat("<a></a>!" + Block, 20000), "]]>", End],
        "comment" => [Start, "<!--", .. Enumerable.Repeat("<a></a>!" + Block, 20000), "-->", End],
        "depth" => [Start, .. Enumerable.Repeat("<p>", 100000)],
        "header" => ["<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header>", .. Enumerable.Repeat("<a/>", 100000), "</s:Header><s:Body><r/></s:Body></s:Envelope>"],
        "size" => [Start, .. Enumerable.Repeat($"<p>{Block}</p>", 500), End],
        "cut" => [Start, "<p>"],
        "trailing" => [Start, End, "<more/>"],
        "two roots" => [Start, "</r><r>", End],
        "no body" => ["<s:Envelope xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\"><s:Header/></s:Envelope>"],
        "no envelope" => ["<html><body>aaaa</body></html>"],
        _ => [Start, "\0", End],
    };

    /// <summary>Made while it is read.</summary>
    private sealed class EndlessStream(IEnumerable<string> parts) : Stream
    {
        private readonly IEnumerator<string> _parts = parts.GetEnumerator();
        private byte[] _part = [];
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            while (_at == _part.Length)
            {
                if (!_parts.MoveNext())
                {
                    return 0;
                }

                _part = _parts.Current == "\0" ? [0xff, 0xfe] : Encoding.UTF8.GetBytes(_parts.Current);
                _at = 0;
            }

            var length = Math.Min(count, _part.Length - _at);
            _part.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset));
            _at += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
