using System.Net;
using System.Net.Sockets;

namespace EduFunctions.Simulators.Http;

/// <summary>For servers that cannot choose a port themselves. The port may be taken again before they listen.</summary>
public static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
