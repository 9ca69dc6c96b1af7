using System.IO.Compression;
using System.Text;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>A body that is packed badly is told as that, and not by what is left of its JSON.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class PackedBodyTests
{
    private static readonly byte[] Json = Encoding.UTF8.GetBytes("""{"data": [{"id": "7f9619ff-8b86-4011-b42d-00cf4fc964ff"}], "pageToken": null}""");

    [Theory]
    [InlineData("cut")]
    [InlineData("cut in its head")]
    [InlineData("of half the JSON")]
    [InlineData("nothing")]
    [InlineData("garbage")]
    public async Task A_gzip_that_is_none_is_told(string form)
    {
        var packed = Gzip(Json);

        var told = await Assert.ThrowsAsync<PageFailedException>(() => ParseAsync(form switch
        {
            "cut" => packed[..^20],
            "cut in its head" => packed[..7],
            "of half the JSON" => Gzip(Json[..40]),
            "nothing" => [],
            _ => [.. Enumerable.Repeat((byte)'x', 200)],
        }));

        Assert.Contains(form == "of half the JSON" ? "no complete JSON" : "not the gzip that its header Content-Encoding says", told.Message);
    }

    [Fact]
    public async Task A_whole_gzip_is_read() => Assert.Equal(1, (await ParseAsync(Gzip(Json))).Rows);

    private static async Task<PageBody> ParseAsync(byte[] packed)
    {
        using var answer = new HttpResponseMessage { Content = new ByteArrayContent(packed) { Headers = { ContentEncoding = { "gzip" } } } };
        using var body = await AnswerBody.ReadAsync(answer, CancellationToken.None);
        return body.Parse(new CollectionIds());
    }

    private static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return packed.ToArray();
    }
}
