using System.Diagnostics;
using EduFunctions.Pipeline.Infrastructure;
using Renci.SshNet;

namespace EduFunctions.Pipeline.Protocols.Sftp;

/// <summary>
/// Ends what a server lets hang. The library waits for answers without end, and may not hear that it is not to: what does not end is left behind, and
/// the connection is closed under it.
/// </summary>
internal sealed class SftpWatch(SftpClient client, string server, CallLimits limits) : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private long _moved;
    private volatile bool _isAllGiven;
    private volatile bool _isBegun;

    /// <summary>Whether something of the file was asked for: the server has opened it.</summary>
    public bool IsBegun => _isBegun;

    /// <summary>Whether the server has been given all of the file.</summary>
    public bool IsAllGiven => _isAllGiven;

    public async Task ConnectAsync(Func<CancellationToken, Task> connect, CancellationToken ct)
    {
        client.ConnectionInfo.Timeout = limits.Connect;
        await WithinAsync(connect, limits.Connect, limits.Connect, "let nobody in", ct);
    }

    /// <summary>An upload, that goes on for as long as the server takes more of the file, and then has to be confirmed.</summary>
    public async Task PutAsync(Stream content, Func<Stream, CancellationToken, Task> put, CancellationToken ct)
    {
        (_isAllGiven, _isBegun) = (false, false);
        await using var counted = new GivenStream(content, read =>
        {
            (_isBegun, _isAllGiven) = (true, read == 0);
            Volatile.Write(ref _moved, Stopwatch.GetTimestamp());
        });
        await WithinAsync(stop => put(counted, stop), limits.Idle, limits.Whole, "acknowledged nothing of the file", ct);
    }

    /// <summary>A download, that goes on for as long as the server hands out more of the file.</summary>
    /// <exception cref="InvalidDataException">The file is larger than it may be.</exception>
    public async Task TakeAsync(Stream file, long mostBytes, Func<Stream, CancellationToken, Task> take, CancellationToken ct)
    {
        _isAllGiven = false;
        await using var counted = new TakenStream(file, mostBytes, () => Volatile.Write(ref _moved, Stopwatch.GetTimestamp()));
        await WithinAsync(stop => take(counted, stop), limits.Idle, limits.Whole, "handed out nothing of the file", ct);
    }

    public Task AskAsync(Func<CancellationToken, Task> ask, CancellationToken ct) => WithinAsync(ask, limits.Idle, limits.Idle, "gave no answer", ct);

    /// <summary>Saying goodbye to a server that does not listen must not hang either.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAny(Task.Run(client.Dispose), Task.Delay(Farewell));

    private async Task WithinAsync(Func<CancellationToken, Task> step, TimeSpan idle, TimeSpan whole, string verdict, CancellationToken ct)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var began = Stopwatch.GetTimestamp();
        Volatile.Write(ref _moved, began);
        var work = Task.Run(() => step(ends.Token), CancellationToken.None);
        while (!work.IsCompleted)
        {
            var patience = _isAllGiven ? Longer(idle, limits.Answer) : idle;
            var left = Shorter(patience - Stopwatch.GetElapsedTime(Volatile.Read(ref _moved)), whole - Stopwatch.GetElapsedTime(began));
            if (left <= TimeSpan.Zero || ct.IsCancellationRequested)
            {
                await ends.CancelAsync();
                _ = work.ContinueWith(static left => left.Exception, TaskScheduler.Default);
                ct.ThrowIfCancellationRequested();
                throw new TimeoutException($"{server} {verdict} for {Stopwatch.GetElapsedTime(began).TotalSeconds:0} seconds. Ask the receiver whether the server is well.");
            }

            await Task.WhenAny(work, Task.Delay(left, ct));
        }

        await work;
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
