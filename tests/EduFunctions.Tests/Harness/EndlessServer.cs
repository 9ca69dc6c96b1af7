using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EduFunctions.Tests.Harness;

/// <summary>A server whose answer has no end, as fast as somebody takes it.</summary>
internal sealed class EndlessServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly byte[] _head;
    private readonly byte[] _piece;
    private readonly Task _serving;
    private long _given;

    /// <param name="head">What is said once somebody has asked; null for one who speaks first.</param>
    /// <param name="piece">What is said again and again.</param>
    private EndlessServer(string? head, string piece)
    {
        (_head, _piece) = (Encoding.ASCII.GetBytes(head ?? ""), Encoding.ASCII.GetBytes(piece));
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string BaseUrl => $"http://127.0.0.1:{Port}";

    /// <summary>How much was taken, with what the system keeps for each connection.</summary>
    public long Megabytes => Interlocked.Read(ref _given) >> 20;

    /// <summary>Answers whatever it is asked over HTTP.</summary>
    public static EndlessServer Start(int status) => new(
        $"HTTP/1.1 {status} Endless\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", $"10000\r\n{new string(' ', 1 << 16)}\r\n");

    /// <summary>Greets whoever comes to send mail.</summary>
    public static EndlessServer StartMail() => new(head: null, string.Concat(Enumerable.Repeat("220-welcome\r\n", 1 << 12)));

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
        try
        {
            using (client)
            {
                if (_head.Length > 0)
                {
                    _ = await client.GetStream().ReadAsync(new byte[1 << 12], _end.Token);
                    await client.GetStream().WriteAsync(_head, _end.Token);
                }

                while (true)
                {
                    await client.GetStream().WriteAsync(_piece, _end.Token);
                    Interlocked.Add(ref _given, _piece.Length);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Whoever asked has heard enough.
        }
    }
}
