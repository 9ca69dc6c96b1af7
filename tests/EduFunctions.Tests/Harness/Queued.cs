using EduFunctions.Pipeline.Stages;

namespace EduFunctions.Tests.Harness;

/// <summary>Messages as a process that dies has left them: one is gone only when its stage has ended, and what that wanted next is there.</summary>
internal sealed class Queued
{
    private readonly List<NextMessages> _messages = [];

    public bool IsEmpty => _messages.Count == 0;

    public void Add(NextMessages next)
    {
        _messages.AddRange(next.Extract.Select(message => NextMessages.Of(message)));
        _messages.AddRange(next.Transform.Select(message => NextMessages.Of(message)));
        _messages.AddRange(next.Export.Select(message => NextMessages.Of(message)));
    }

    /// <summary>All of them, for somebody else.</summary>
    public NextMessages Take()
    {
        var all = NextMessages.All(_messages);
        _messages.Clear();
        return all;
    }

    /// <summary>All of them; they stay, as queues may bring a message twice.</summary>
    public Queued Copy()
    {
        var copy = new Queued();
        copy.Add(NextMessages.All(_messages));
        return copy;
    }

    public async Task CarryAsync(RosterPipeline pipeline, CancellationToken ct)
    {
        while (_messages is [var message, ..])
        {
            var next = message switch
            {
                { Extract: [var extract] } => await pipeline.ExtractAsync(extract, ct),
                { Transform: [var transform] } => await pipeline.TransformAsync(transform, ct),
                { Export: [var export] } => await pipeline.ExportAsync(export, ct),
                _ => NextMessages.None,
            };
            _messages.RemoveAt(0);
            Add(next);
        }
    }
}
