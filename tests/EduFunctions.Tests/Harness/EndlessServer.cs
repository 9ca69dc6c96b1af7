using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EduFunctions.Tests.Harness;

/// <summary>A server that answers whatever it is asked with a status and a body that has no end, as fast as somebody takes it.</summary>
internal sealed class EndlessServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly byte[] _head;
    private readonly Task _serving;
    private long _given;

    private EndlessServer(int status)
    {
        _head = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Endless\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string BaseUrl => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>How much was taken, with what the system keeps for each connection.</summary>
    public long Megabytes => Interlocked.Read(ref _given) >> 20;

    public static EndlessServer Start(int status) => new(status);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        const string Length = "10000\r\n";
        byte[] piece = [.. Encoding.ASCII.GetBytes(Length), .. Enumerable.Repeat((byte)' ', 1 << 16), .. "\r\n"u8];
        try
        {
            using (client)
            {
                _ = await client.GetStream().ReadAsync(new byte[1 << 12], _end.Token);
                await client.GetStream().WriteAsync(_head, _end.Token);
                while (true)
                {
                    await client.GetStream().WriteAsync(piece, _end.Token);
                    Interlocked.Add(ref _given, piece.Length);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Whoever asked has heard enough.
        }
    }
}
