using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Storage;
using Xunit;

namespace EduFunctions.Tests.Protection;

/// <summary>Looks for protected persons byte by byte in whatever a night left behind.</summary>
internal sealed class Traces(MarkedSchool school)
{
    private readonly byte[][] _texts = [.. school.Values.Concat(school.Ids).Select(value => Lower(Encoding.UTF8.GetBytes(value)))];
    private readonly byte[][] _ids = [.. school.Ids.Select(id => MemoryMarshal.AsBytes([EntityId.Parse(id)]).ToArray())];

    public void AssertNone(string where, string text) => AssertNone(where, Encoding.UTF8.GetBytes(text), mayHoldIds: false);

    /// <summary>Everything stored for the tenant, but for the answers themselves.</summary>
    /// <param name="asked">Ids by which somebody has asked: that stands on record, and nowhere else.</param>
    /// <returns>How many blobs were looked at.</returns>
    public async Task<int> AssertNoneAsync(BlobStorage blobs, string tenant, params IReadOnlyList<string> asked)
    {
        var seen = 0;
        foreach (var container in Containers.All.Except([Containers.Snapshots]))
        {
            await foreach (var blob in blobs.ListAsync(container, tenant, CancellationToken.None))
            {
                var content = (await blobs.ReadAsync(container, blob.Name, CancellationToken.None))!.Content;

                // Looked up by an id that one must know; holds nothing else of the person.
                var mayHoldIds = blob.Name.EndsWith(".bin", StringComparison.Ordinal) && !blob.Name.EndsWith("/protected.bin", StringComparison.Ordinal);
                AssertNone($"{container}/{blob.Name}", blob.Name.Contains("/acts/", StringComparison.Ordinal) ? Without(content, asked) : content, mayHoldIds);
                seen++;
            }
        }

        return seen;
    }

    public void AssertNone(string where, byte[] content, bool mayHoldIds)
    {
        foreach (var part in Unpacked(content))
        {
            var lower = Lower(part);
            Assert.All(_texts, text => Assert.True(lower.AsSpan().IndexOf(text) < 0, $"{where} holds {Encoding.UTF8.GetString(text)}"));
            Assert.All(mayHoldIds ? [] : _ids, id => Assert.True(part.AsSpan().IndexOf(id) < 0, $"{where} holds an id"));
        }
    }

    private static byte[] Without(byte[] content, IReadOnlyList<string> ids) =>
        Encoding.UTF8.GetBytes(ids.Aggregate(Encoding.UTF8.GetString(content), (text, id) => text.Replace(id, "", StringComparison.Ordinal)));

    private static IEnumerable<byte[]> Unpacked(byte[] content)
    {
        yield return content;
        if (content.AsSpan().StartsWith("PK\x03\x04"u8))
        {
            using var zip = new ZipArchive(new MemoryStream(content));
            foreach (var entry in zip.Entries)
            {
                using var bytes = new MemoryStream();
                entry.Open().CopyTo(bytes);
                yield return bytes.ToArray();
            }
        }
    }

    private static byte[] Lower(byte[] utf8) => [.. utf8.Select(b => b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20) : b)];
}
