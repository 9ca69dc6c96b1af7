using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EduFunctions.Tests.Harness;

public enum RoadState
{
    Open,

    /// <summary>Every connection is reset, and new ones too.</summary>
    Resetting,

    /// <summary>Connections are taken and nothing is carried.</summary>
    Hanging,
}

/// <summary>A TCP connection that goes on to somebody, and that may be reset or hang while it is used.</summary>
public sealed class FlakyRoad : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private readonly int? _target;
    private readonly Task _accepting;
    private volatile RoadState _state;
    private int _connections;

    /// <param name="target">Null for a road that leads nowhere.</param>
    private FlakyRoad(int? target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How often somebody came.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public RoadState State
    {
        get => _state;
        set
        {
            _state = value;
            if (value == RoadState.Resetting)
            {
                _open.Keys.ToList().ForEach(Reset);
            }
        }
    }

    public static FlakyRoad To(int port) => new(port);

    /// <summary>Takes every connection and never says a word.</summary>
    public static FlakyRoad Dead() => new(null) { State = RoadState.Hanging };

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Stop();
        _open.Keys.ToList().ForEach(Reset);
        await _accepting;
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var caller = await _listener.AcceptTcpClientAsync(_ended.Token);
                Interlocked.Increment(ref _connections);
                _open[caller] = 0;
                _ = CarryAsync(caller);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The road is closed.
        }
    }

    private async Task CarryAsync(TcpClient caller)
    {
        using var called = new TcpClient();
        _open[called] = 0;
        try
        {
            if (_state == RoadState.Resetting)
            {
                return;
            }

            if (_target is { } port)
            {
                await called.ConnectAsync(IPAddress.Loopback, port, _ended.Token);
                await Task.WhenAny(CopyAsync(caller, called), CopyAsync(called, caller));
                return;
            }

            await Task.Delay(Timeout.Infinite, _ended.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Broken off.
        }
        finally
        {
            Reset(caller);
            Reset(called);
        }
    }

    private async Task CopyAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[1 << 14];
        while (await from.GetStream().ReadAsync(buffer, _ended.Token) is > 0 and var read)
        {
            while (_state == RoadState.Hanging)
            {
                await Task.Delay(50, _ended.Token);
            }

            await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _ended.Token);
        }
    }

    private void Reset(TcpClient client)
    {
        if (_open.TryRemove(client, out _))
        {
            // A client whose connecting was broken off has no socket any more.
            client.Client?.Close(0);
            client.Dispose();
        }
    }
}
