using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Stages;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace EduFunctions.App;

/// <summary>What the host puts on the queues once the function has ended well.</summary>
public sealed class Outbox(NextMessages next)
{
    [QueueOutput(Queues.Extract, Connection = Triggers.Storage)]
    public IReadOnlyList<ExtractMessage> Extract { get; } = next.Extract;

    [QueueOutput(Queues.Transform, Connection = Triggers.Storage)]
    public IReadOnlyList<TransformMessage> Transform { get; } = next.Transform;

    [QueueOutput(Queues.Export, Connection = Triggers.Storage)]
    public IReadOnlyList<ExportMessage> Export { get; } = next.Export;
}

/// <summary>An answer together with the messages it entails. No heir of the outbox: inherited outputs are not found.</summary>
public sealed class Reply(ApiAnswer answer)
{
    [HttpResult]
    public IResult Answer { get; } = new HttpAnswer(answer);

    [QueueOutput(Queues.Extract, Connection = Triggers.Storage)]
    public IReadOnlyList<ExtractMessage> Extract { get; } = answer.Next.Extract;

    [QueueOutput(Queues.Transform, Connection = Triggers.Storage)]
    public IReadOnlyList<TransformMessage> Transform { get; } = answer.Next.Transform;

    [QueueOutput(Queues.Export, Connection = Triggers.Storage)]
    public IReadOnlyList<ExportMessage> Export { get; } = answer.Next.Export;
}
