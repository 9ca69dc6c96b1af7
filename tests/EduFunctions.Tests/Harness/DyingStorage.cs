using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Tests.Harness;

/// <summary>Storage of a process that dies at a chosen write, before or after it: from then on nothing is read or written until it is started again.</summary>
internal sealed class DyingStorage(Func<BlobClientOptions, BlobServiceClient> open, bool afterWriting)
{
    private int _writesLeft = int.MaxValue;

    public DyingStorage(string connectionString, bool afterWriting)
        : this(options => new BlobServiceClient(connectionString, options), afterWriting)
    {
    }

    public BlobStorage Blobs
    {
        get
        {
            var options = new BlobClientOptions();
            options.AddPolicy(new Policy(this), HttpPipelinePosition.PerCall);
            return new BlobStorage(open(options));
        }
    }

    private bool AfterWriting => afterWriting;

    private bool IsDead { get; set; }

    /// <summary>Whatever a process does that dies at this write, if it comes to it, and is not started again.</summary>
    public async Task DieAsync(int write, Func<Task> work)
    {
        DieAt(write);
        try
        {
            await work();
        }
        catch (Exception e) when (IsDead || e is StageFailedException)
        {
            // What it was at is not done, or nobody has noted that it is; what fails by itself is tried again by whoever goes on.
        }
    }

    /// <summary>One feed's run whose export dies at this write and is started again.</summary>
    /// <returns>Whether it came to that write.</returns>
    public async Task<bool> ExportAsync(RosterPipeline pipeline, StartedRun started, int write)
    {
        var next = await pipeline.ExtractAsync(started.Next.Extract[0], CancellationToken.None);
        next = await pipeline.TransformAsync(next.Transform[0], CancellationToken.None);
        DieAt(write);
        var died = false;
        while (next.Export is [var message])
        {
            try
            {
                next = await pipeline.ExportAsync(message, CancellationToken.None);
            }
            catch (IOException) when (IsDead)
            {
                died = true;
                StartAgain();
            }
        }

        return died;
    }

    private void DieAt(int write) => _writesLeft = write;

    private void StartAgain() => (IsDead, _writesLeft) = (false, int.MaxValue);

    private bool DiesWith(Request request) =>
        request.Method == RequestMethod.Put && !request.Uri.Path.EndsWith(".turn", StringComparison.Ordinal) && --_writesLeft <= 0;

    private sealed class Policy(DyingStorage storage) : HttpPipelinePolicy
    {
        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            // A dead host's leases end by themselves; waiting for that would only take time.
            var isLease = message.Request.Uri.Query.Contains("comp=lease", StringComparison.Ordinal);
            var dies = !isLease && (storage.IsDead || storage.DiesWith(message.Request));
            if (dies && (!storage.AfterWriting || storage.IsDead))
            {
                storage.IsDead = true;
                throw new IOException("The process is dead.");
            }

            await ProcessNextAsync(message, pipeline);
            if (dies)
            {
                storage.IsDead = true;
                throw new IOException("The process is dead.");
            }
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
    }
}
