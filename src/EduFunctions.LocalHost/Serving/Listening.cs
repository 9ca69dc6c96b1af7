using System.Net;
using System.Net.Sockets;

namespace EduFunctions.LocalHost.Serving;

/// <summary>Addresses to listen on, looked at before there is anything to be listened to.</summary>
internal static class Listening
{
    /// <returns>The first of these addresses at which somebody else listens; null when all can be had.</returns>
    public static string? FindTaken(string urls) => urls.Split(';').FirstOrDefault(IsTaken);

    public static string Taken(string url) => $"Something listens at {url} already. Stop that, or give another address by --urls.";

    private static bool IsTaken(string url)
    {
        var address = BindingAddress.Parse(url);
        var host = address.Host.Trim('[', ']');
        using var listener = new TcpListener(IPAddress.TryParse(host, out var ip) ? ip : host == "localhost" ? IPAddress.Loopback : IPAddress.Any, address.Port);
        try
        {
            listener.Start();
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
