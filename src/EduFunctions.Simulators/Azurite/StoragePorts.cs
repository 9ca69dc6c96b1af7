using System.Net;
using System.Net.Sockets;
using EduFunctions.Simulators.Http;

namespace EduFunctions.Simulators.Azurite;

/// <summary>One port for each of Azurite's services; nobody here uses tables, but Azurite starts them.</summary>
internal sealed record StoragePorts(int Blob, int Queue, int Table)
{
    public static StoragePorts Usual => new(10000, 10001, FreePort.Find());

    public static StoragePorts Free() => new(FreePort.Find(), FreePort.Find(), FreePort.Find());

    public bool AreFree() => IsFree(Blob) && IsFree(Queue);

    private static bool IsFree(int port)
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
