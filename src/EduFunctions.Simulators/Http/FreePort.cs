using System.Net;
using System.Net.Sockets;

namespace EduFunctions.Simulators.Http;

/// <summary>
/// For servers that cannot choose a port themselves. The port may be taken again before they listen: so it is one that no system gives to whoever connects
/// or asks for any, and of two who look at once each gets another.
/// </summary>
public static class FreePort
{
    private const int First = 20_000;
    private const int End = 32_000;

    private static int _next = Random.Shared.Next(First, End);

    public static int Find()
    {
        for (var tries = End - First; tries > 0; tries--)
        {
            var port = First + ((Interlocked.Increment(ref _next) - First) % (End - First));
            if (IsFree(port))
            {
                return port;
            }
        }

        throw new IOException($"No port from {First} to {End} is free.");
    }

    public static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
