using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EduFunctions.Simulators.Http;

/// <summary>A receiver that refuses every file by what its headers say, and closes the connection over whatever else comes.</summary>
public sealed class HastyReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly int _status;
    private readonly Task _accepting;
    private int _calls;

    private HastyReceiver(int status)
    {
        _status = status;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/upload";

    public int Calls => _calls;

    public static HastyReceiver Start(int status) => new(status);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var caller = await _listener.AcceptTcpClientAsync(_stop.Token);
                await RefuseAsync(caller.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Nobody else gets in.
        }
    }

    private async Task RefuseAsync(NetworkStream stream)
    {
        var (head, buffer) = ("", new byte[1 << 10]);
        while (!head.Contains("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(buffer, _stop.Token) is > 0 and var read)
        {
            head += Encoding.Latin1.GetString(buffer, 0, read);
        }

        _calls++;
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {_status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), _stop.Token);
    }
}
