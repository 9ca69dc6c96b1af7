using EduFunctions.Pipeline.Stages;

namespace EduFunctions.Tests.Simulation;

/// <summary>A message as a queue keeps it: hidden while somebody works on it, seen again when nobody answers for it.</summary>
internal sealed class SimulatedMessage(string queue, string text, DateTimeOffset visible, int number)
{
    public string Queue => queue;

    public string Text => text;

    public int Number => number;

    /// <summary>From when on it is seen; null while a host that is well has it.</summary>
    public DateTimeOffset? Visible { get; set; } = visible;

    public int Tries { get; set; }

    /// <summary>Whether it may come twice; one that has come back does not, or there would be more and more.</summary>
    public bool MayDouble { get; init; }

    public override string ToString() => $"{queue} {MessageText.Plain(text)}";
}

/// <summary>The queues of the account, with their messages in the order of their coming.</summary>
internal sealed class SimulatedQueue(VirtualTime time)
{
    private readonly List<SimulatedMessage> _messages = [];
    private int _sent;

    public bool IsEmpty => _messages.Count == 0;

    /// <summary>When the next one is seen; what is seen already waits for a host.</summary>
    public DateTimeOffset? Next => _messages.Where(message => message.Visible > time.Now).Min(message => message.Visible);

    public IReadOnlyList<SimulatedMessage> Visible => [.. _messages.Where(message => message.Visible <= time.Now)];

    public void Send(string queue, string text, DateTimeOffset? visible = null) =>
        _messages.Add(new SimulatedMessage(queue, text, visible ?? time.Now, ++_sent) { MayDouble = visible is null });

    public bool Has(SimulatedMessage message) => _messages.Contains(message);

    public void Delete(SimulatedMessage message) => _messages.Remove(message);
}
