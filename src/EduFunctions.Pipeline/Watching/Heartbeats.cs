using System.Collections.Concurrent;

namespace EduFunctions.Pipeline.Watching;

/// <param name="Name">A queue, or a timer by its setting.</param>
/// <param name="Moved">When it last asked and got an answer; null for not yet.</param>
public sealed record Heartbeat(string Name, DateTimeOffset? Moved);

/// <summary>
/// When the host's own loops last moved, by name. Kept in memory alone: a health check that asks costs nothing. A host whose platform takes the messages
/// off the queues has no such loops.
/// </summary>
public sealed class Heartbeats(TimeProvider time)
{
    /// <summary>A loop that has not got on for so long is in trouble: two pauses after a failure, and the tries of a call.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);

    /// <summary>No call lasts as long as this, so a loop that has not even tried is dead.</summary>
    private static readonly TimeSpan Death = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Marks> _loops = new(StringComparer.Ordinal);

    public IReadOnlyList<Heartbeat> All => [.. _loops.OrderBy(loop => loop.Key, StringComparer.Ordinal).Select(loop => new Heartbeat(loop.Key, loop.Value.Moved))];

    /// <summary>From now on the loop is expected to move.</summary>
    public void Expect(string name) => _loops.TryAdd(name, new Marks(time.GetUtcNow(), time.GetUtcNow(), Moved: null));

    /// <summary>It is alive, whether it gets on or not.</summary>
    public void Try(string name) => Mark(name, marks => marks with { Tried = time.GetUtcNow() });

    /// <summary>It gets on.</summary>
    public void Move(string name) => Mark(name, marks => marks with { Tried = time.GetUtcNow(), Moved = time.GetUtcNow() });

    /// <summary>Loops that have not got on for too long.</summary>
    public IReadOnlyList<string> Silent() => Where(marks => time.GetUtcNow() - (marks.Moved ?? marks.Since) > Silence);

    /// <summary>Loops that do not even try.</summary>
    public IReadOnlyList<string> Dead() => Where(marks => time.GetUtcNow() - marks.Tried > Death);

    private IReadOnlyList<string> Where(Func<Marks, bool> holds) =>
        [.. _loops.Where(loop => holds(loop.Value)).Select(loop => loop.Key).Order(StringComparer.Ordinal)];

    private void Mark(string name, Func<Marks, Marks> change)
    {
        Expect(name);
        _loops[name] = change(_loops[name]);
    }

    private sealed record Marks(DateTimeOffset Since, DateTimeOffset Tried, DateTimeOffset? Moved);
}
