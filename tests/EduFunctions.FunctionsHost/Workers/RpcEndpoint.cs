using System.Collections.Concurrent;
using EduFunctions.FunctionsHost.Protocol;
using Grpc.Core;

namespace EduFunctions.FunctionsHost.Workers;

/// <summary>Where workers call: each says who it is, and goes on with the stream that waits for it.</summary>
internal sealed class RpcEndpoint(ConcurrentDictionary<string, WorkerStream> streams) : FunctionRpc.FunctionRpcBase
{
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        if (await requestStream.MoveNext(context.CancellationToken)
            && requestStream.Current.StartStream is { } start
            && streams.TryRemove(start.WorkerId, out var stream))
        {
            try
            {
                await stream.TalkAsync(requestStream, responseStream, context.CancellationToken);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The worker is gone; whoever watches its process says so.
            }
        }
    }
}
