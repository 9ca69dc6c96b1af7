using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>Requests to storage by what they cost, and the bytes they carry.</summary>
/// <param name="Seconds">From sending to the answer's beginning, of all together; many are under way at once.</param>
internal sealed record StorageCount(long Reads, long Writes, long Lists, long Others, long Queue, long BytesUp, long BytesDown, double Seconds)
{
    /// <summary>What was asked for and sent, by the names of blobs.</summary>
    public IReadOnlyDictionary<string, BlobTraffic>? Blobs { get; init; }

    public long Total => Reads + Writes + Lists + Others + Queue;
}

/// <summary>Counts every request that goes out, repeated ones too, since each is paid for: all together, and those of each stage's call.</summary>
internal sealed class StorageMeter
{
    private readonly AsyncLocal<StorageTally?> _call = new();
    private readonly StorageTally _all = new();

    public StorageCount Count => _all.Count;

    public HttpPipelinePolicy ForBlobs => new Policy(this, CountBlob);

    public HttpPipelinePolicy ForQueues => new Policy(this, (_, tally) => Interlocked.Increment(ref tally.Queue));

    /// <summary>Counts apart what whoever calls this asks of the storage from here on.</summary>
    public StorageTally CountApart() => _call.Value = new StorageTally();

    private static void CountBlob(Request request, StorageTally tally)
    {
        var query = request.Uri.Query;
        var isList = query.Contains("comp=list", StringComparison.Ordinal);
        var isOther = query.Contains("comp=lease", StringComparison.Ordinal) || request.Method == RequestMethod.Delete;
        Interlocked.Increment(
            ref isList ? ref tally.Lists : ref isOther ? ref tally.Others : ref request.Method == RequestMethod.Put ? ref tally.Writes : ref tally.Reads);
    }

    private void Each(Action<StorageTally> add)
    {
        add(_all);
        if (_call.Value is { } call)
        {
            add(call);
        }
    }

    private sealed class Policy(StorageMeter meter, Action<Request, StorageTally> count) : HttpPipelinePolicy
    {
        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var sent = Sending(message);
            ProcessNext(message, pipeline);
            Received(message, sent);
        }

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var sent = Sending(message);
            await ProcessNextAsync(message, pipeline);
            Received(message, sent);
        }

        private (long At, long Length) Sending(HttpMessage message)
        {
            var length = message.Request.Content?.TryComputeLength(out var known) == true ? known : 0;
            meter.Each(tally =>
            {
                count(message.Request, tally);
                Interlocked.Add(ref tally.Up, length);
            });
            return (Stopwatch.GetTimestamp(), length);
        }

        private void Received(HttpMessage message, (long At, long Length) sent)
        {
            var took = Stopwatch.GetElapsedTime(sent.At).Ticks;

            // The answer to HEAD tells a length that does not travel.
            var length = message.Request.Method == RequestMethod.Get ? message.Response.Headers.ContentLengthLong ?? 0 : 0;
            var (blob, traffic) = (BlobTraffic.NameOf(message.Request.Uri.ToUri()), new BlobTraffic(1, sent.Length, length));
            meter.Each(tally =>
            {
                Interlocked.Add(ref tally.Down, length);
                Interlocked.Add(ref tally.Ticks, took);
                tally.Blobs.AddOrUpdate(blob, traffic, (_, earlier) => earlier.And(traffic));
            });
        }
    }
}
