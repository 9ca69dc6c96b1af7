using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using EduFunctions.Benchmarks.Pages;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>What nobody can be quicker than: the pages decompressed, and each JSON token looked at once, on all processors.</summary>
internal static class TokenWalk
{
    private const int LargestPage = 64 << 20;

    public static Task GunzipAsync(PageFolder pages, CancellationToken ct) => EachAsync(pages, static _ => { }, ct);

    public static Task WalkAsync(PageFolder pages, CancellationToken ct) => EachAsync(pages, Walk, ct);

    private static Task EachAsync(PageFolder pages, Action<ReadOnlyMemory<byte>> use, CancellationToken ct)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = ct };
        return Parallel.ForEachAsync(pages.Pages, parallel, (page, _) =>
        {
            Read(page, use);
            return ValueTask.CompletedTask;
        });
    }

    private static void Read(FileInfo page, Action<ReadOnlyMemory<byte>> use)
    {
        // Reused: memory that is never touched costs nothing.
        var body = ArrayPool<byte>.Shared.Rent(LargestPage);
        using (var gunzip = new GZipStream(page.OpenRead(), CompressionMode.Decompress))
        {
            var length = gunzip.ReadAtLeast(body, body.Length, throwOnEndOfStream: false);
            use(body.AsMemory(0, length));
        }

        ArrayPool<byte>.Shared.Return(body);
    }

    private static void Walk(ReadOnlyMemory<byte> body)
    {
        var json = new Utf8JsonReader(body.Span);
        while (json.Read())
        {
        }
    }
}
