using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

/// <summary>What an answer may try: it ends with a sentence, and neither in a feed nor in a full memory.</summary>
[Collection(SourceTests.Name)]
public sealed class HostileDocumentTests(AzuriteFixture azurite)
{
    private const long Megabyte = 1 << 20;
    private const string Common = "https://brugerdatabasen.stil.dk/bpi/wsieksport/7/common";
    private const string FirstName = $"<FirstName xmlns=\"{Common}\">Fornavnelev0001";

    public static TheoryData<string, string, string, string> Tries => new()
    {
        { "an entity bomb", "<soap:Envelope", "<!DOCTYPE a [<!ENTITY b \"bb\"><!ENTITY c \"&b;&b;&b;&b;\">]><soap:Envelope", "DTD" },
        { "an external entity", "<soap:Envelope", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><soap:Envelope", "DTD" },
        { "an entity of nobody", "Fornavnelev0001", "&b;", "entity" },
        { "another package's namespace", "wsieksport/7/full\"", "wsieksport/7/fuller\"", "no version and package" },
        { "a person of another namespace", "<Person ", "<Person xmlns=\"urn:other\" ", "Person stands in the namespace \"urn:other\"" },
        { "a name of another namespace", FirstName, FirstName.Replace(Common, "urn:other", StringComparison.Ordinal), "FirstName stands in the namespace \"urn:other\"" },
        { "a long text", "Fornavnelev0001", new string('a', 20_000), "a text has 16384 characters or more" },
        { "a long attribute", "protected=\"false\"", $"protected=\"{new string('a', 1_100_000)}\"", "longer than" },
        { "depth", "Fornavnelev0001", string.Concat(Enumerable.Repeat("<deep>", 200)), "elements within each other" },
        { "a torn end", "</soap:Envelope>", "", "no well-formed XML" },
        { "another school", "999001</", "999002</", "another institution" },
        { "no export", "UNILoginExportFull", "SomethingElse", "holds no UNILoginExport" },
        { "no group's number", $"<InstitutionNumber xmlns=\"{Common}\">999001</InstitutionNumber>", "", "begin with the institution's number" },
    };

    [Theory]
    [MemberData(nameof(Tries))]
    public async Task A_document_that_cannot_be_trusted_holds_the_run(string what, string honest, string hostile, string told)
    {
        var school = DanishNight.School();
        school.Members.Add(DanishNight.Pupil("elev0001"));
        var document = Encoding.UTF8.GetString(new ExportDocument(school, DanishNight.Full7).Answer());
        Assert.Contains(honest, document);

        var night = await azurite.Danish(document.Replace(honest, hostile, StringComparison.Ordinal)).Dry().RunAsync();

        Assert.True(night.Run.State == RunState.Held, $"{what}: {night.Run.State}, {night.Run.StateReason}");
        Assert.Contains(told, night.Run.StateReason);
        Assert.Contains("999001", night.Run.StateReason);
        Assert.DoesNotContain("elev0001", night.Run.StateReason);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_hold_the_run()
    {
        var document = new ExportDocument(DanishNight.School(), DanishNight.Full7).Answer();
        document[document.AsSpan().IndexOf("Fornavn"u8)] = 0xFF;

        var night = await azurite.Danish(new Dictionary<string, byte[]> { ["999001"] = document }).Dry().RunAsync();

        Assert.True(night.Run.State == RunState.Held, night.Run.StateReason);
        Assert.Contains("UTF-8", night.Run.StateReason);
    }

    [Fact]
    public void An_attribute_of_a_gigabyte_is_refused_at_its_beginning()
    {
        using var document = new GeneratedStream("<a b=\"", new string('x', 10_000), 1024 * Megabyte, "\"/>");

        var refused = Assert.Throws<RunHeldException>(() => Read(document));

        Assert.Contains("longer than", refused.Message);
        Assert.InRange(document.Given, 0, 8 * Megabyte);
    }

    [Fact]
    public void Half_a_gigabyte_streams_through_without_filling_the_memory()
    {
        var school = DanishNight.School();
        school.Members.Add(DanishNight.Pupil("elev0001"));
        var whole = Encoding.UTF8.GetString(new ExportDocument(school, DanishNight.Full7).Answer());
        var (person, end) = (whole.IndexOf("<InstitutionPerson", StringComparison.Ordinal), whole.IndexOf("</Institution>", StringComparison.Ordinal));
        var weight = string.Concat(Enumerable.Repeat($"<later><!-- {new string('x', 4000)} --><thing>{new string('y', 8000)}</thing></later>", 8));
        var heavy = whole[person..end].Replace("<FirstName", $"{weight}<FirstName", StringComparison.Ordinal);
        using var document = new GeneratedStream(whole[..person], heavy, 500 * Megabyte, whole[end..]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var rows = Read(document);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(document.Given > 500 * Megabyte);
        Assert.True(rows.Persons.Count > 5000);
        Assert.True(allocated < 40 * Megabyte, $"{allocated:N0} bytes for {document.Given:N0}");
    }

    private static SourceData Read(Stream document) =>
        InstitutionDocument.Read(document, "999001", new ReadOptions(), UniloginVocabularies.Make(), chunk: 0);


    /// <summary>A beginning, the same again and again until it is so long, and an end.</summary>
    private sealed class GeneratedStream(string beginning, string again, long length, string end) : Stream
    {
        private readonly byte[] _again = Encoding.UTF8.GetBytes(again);
        private readonly byte[] _end = Encoding.UTF8.GetBytes(end);
        private byte[] _current = Encoding.UTF8.GetBytes(beginning);
        private int _at;

        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at == _current.Length && _current != _end)
            {
                (_current, _at) = (Given < length ? _again : _end, 0);
            }

            var read = Math.Min(count, _current.Length - _at);
            _current.AsSpan(_at, read).CopyTo(buffer.AsSpan(offset));
            _at += read;
            Given += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
