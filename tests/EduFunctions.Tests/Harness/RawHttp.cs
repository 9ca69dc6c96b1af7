using System.Net.Sockets;
using System.Text;

namespace EduFunctions.Tests.Harness;

/// <summary>Requests byte by byte, as no client would send them.</summary>
internal static class RawHttp
{
    /// <summary>Sends these bytes and does not wait for an answer.</summary>
    public static async Task HangUpAsync(Uri address, string request)
    {
        using var client = new TcpClient { LingerState = new LingerOption(true, 0) };
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
    }

    /// <summary>The beginning of what comes back for these bytes and no more.</summary>
    /// <param name="rest">What is sent after a pause.</param>
    public static async Task<string> AskAsync(Uri address, string request, TimeSpan pause = default, string rest = "")
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, patience.Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request), patience.Token);
        await Task.Delay(pause, patience.Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(rest), patience.Token);
        var answer = new byte[1 << 14];
        return Encoding.UTF8.GetString(answer, 0, await client.GetStream().ReadAsync(answer, patience.Token));
    }
}
