using System.Collections.Concurrent;
using Azure;

namespace EduFunctions.Pipeline.Storage;

/// <summary>
/// The turn that somebody works in, and what of the storage is its own meanwhile. There a write lies over nothing but what was there while the turn was
/// certainly had: a host that stood still, and whose turn another one has taken, changes nothing that this one has written, however late its writes set out.
/// </summary>
/// <param name="lease">Null for work without a lease: it writes over nothing but what it has seen.</param>
/// <param name="own">Beginnings of the names, in whatever container, that nobody writes who has not the turn.</param>
public sealed class OwnTurn(Lease? lease, params IReadOnlyList<string> own)
{
    private static readonly AsyncLocal<OwnTurn?> Mine = new();

    /// <summary>By container and name what was there when it was read or written last (null: nothing).</summary>
    private readonly ConcurrentDictionary<string, ETag?> _seen = new(StringComparer.Ordinal);

    /// <summary>Does work that has this turn.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        Mine.Value = this;
        return await work();
    }

    /// <summary>The turn whose own the blob is; null when whoever asks has none, or another.</summary>
    internal static OwnTurn? Of(string name) => Mine.Value is { } turn && turn.Has(name) ? turn : null;

    /// <summary>What this turn has seen there last; false when it has not looked.</summary>
    internal bool TryFind(string container, string name, out ETag? tag) => _seen.TryGetValue($"{container}/{name}", out tag);

    internal void See(string container, string name, ETag? tag) => _seen[$"{container}/{name}"] = tag;

    /// <inheritdoc cref="Lease.ProveAsync(CancellationToken)"/>
    internal Task ProveAsync(CancellationToken ct) => lease?.ProveAsync(ct) ?? Task.CompletedTask;

    /// <inheritdoc cref="Lease.ProveAnewAsync"/>
    internal Task ProveAnewAsync(CancellationToken ct) => lease?.ProveAnewAsync(ct) ?? Task.CompletedTask;

    private bool Has(string name) => own.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal));
}
