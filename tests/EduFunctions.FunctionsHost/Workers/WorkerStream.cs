using System.Collections.Concurrent;
using System.Threading.Channels;
using EduFunctions.FunctionsHost.Protocol;
using Grpc.Core;

namespace EduFunctions.FunctionsHost.Workers;

/// <summary>The stream on which host and worker talk: questions are matched with answers by their id.</summary>
internal sealed class WorkerStream(Action<string> log)
{
    private readonly Channel<StreamingMessage> _outgoing = Channel.CreateUnbounded<StreamingMessage>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Exception? _broken;

    /// <summary>Ends when the worker has called.</summary>
    public Task Started => _started.Task;

    /// <summary>Talks until the worker, or this host, ends it.</summary>
    public async Task TalkAsync(IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> outgoing, CancellationToken ct)
    {
        _started.TrySetResult();
        var writing = WriteAsync(outgoing, ct);
        await foreach (var message in incoming.ReadAllAsync(ct))
        {
            if (message.RpcLog is { } line)
            {
                log($"{line.Category}: {line.Message} {line.Exception?.Message}");
            }
            else if (_asked.TryRemove(message.RequestId, out var asked))
            {
                asked.TrySetResult(message);
            }
        }

        _outgoing.Writer.TryComplete();
        await writing;
    }

    public void Tell(StreamingMessage message) => _outgoing.Writer.TryWrite(message);

    public async Task<StreamingMessage> AskAsync(StreamingMessage question, CancellationToken ct = default)
    {
        question.RequestId = Guid.NewGuid().ToString();
        var answer = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[question.RequestId] = answer;
        Tell(question);
        if (_broken is { } cause)
        {
            answer.TrySetException(cause);
        }

        return await answer.Task.WaitAsync(ct);
    }

    /// <summary>Whoever waits for the worker waits no longer.</summary>
    public void Break(Exception cause)
    {
        _broken = cause;
        _started.TrySetException(cause);
        _outgoing.Writer.TryComplete();
        foreach (var asked in _asked.Values)
        {
            asked.TrySetException(cause);
        }
    }

    private async Task WriteAsync(IServerStreamWriter<StreamingMessage> outgoing, CancellationToken ct)
    {
        await foreach (var message in _outgoing.Reader.ReadAllAsync(ct))
        {
            await outgoing.WriteAsync(message, ct);
        }
    }
}
