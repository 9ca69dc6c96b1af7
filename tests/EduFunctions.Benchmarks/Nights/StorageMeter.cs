using Azure.Core;
using Azure.Core.Pipeline;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>Requests to storage by what they cost, and the bytes they carry.</summary>
internal sealed record StorageCount(long Reads, long Writes, long Lists, long Others, long Queue, long BytesUp, long BytesDown)
{
    public long Total => Reads + Writes + Lists + Others + Queue;
}

/// <summary>Counts every request that goes out, repeated ones too, since each is paid for.</summary>
internal sealed class StorageMeter
{
    private long _reads;
    private long _writes;
    private long _lists;
    private long _others;
    private long _queue;
    private long _up;
    private long _down;

    public StorageCount Count => new(_reads, _writes, _lists, _others, _queue, _up, _down);

    public HttpPipelinePolicy ForBlobs => new Policy(this, CountBlob);

    public HttpPipelinePolicy ForQueues => new Policy(this, _ => Interlocked.Increment(ref _queue));

    private void CountBlob(Request request)
    {
        var query = request.Uri.Query;
        var isList = query.Contains("comp=list", StringComparison.Ordinal);
        var isOther = query.Contains("comp=lease", StringComparison.Ordinal) || request.Method == RequestMethod.Delete;
        Interlocked.Increment(
            ref isList ? ref _lists : ref isOther ? ref _others : ref request.Method == RequestMethod.Put ? ref _writes : ref _reads);
    }

    private sealed class Policy(StorageMeter meter, Action<Request> count) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            count(message.Request);
            if (message.Request.Content?.TryComputeLength(out var length) == true)
            {
                Interlocked.Add(ref meter._up, length);
            }
        }

        public override void OnReceivedResponse(HttpMessage message)
        {
            // The answer to HEAD tells a length that does not travel.
            if (message.Request.Method == RequestMethod.Get)
            {
                Interlocked.Add(ref meter._down, message.Response.Headers.ContentLengthLong ?? 0);
            }
        }
    }
}
